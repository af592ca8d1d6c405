package dev.pinion.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher's copy of picocli, which the JVM's cache for fast starts takes. */
@Timeout(60)
final class ModernizeTest {
  private static final int JAVA_5 = 49;
  private static final int JAVA_8 = 52;

  @Test
  void everyClassOfTheCopyIsNewerAndIsVerified(@TempDir Path folder) throws Exception {
    Path original = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path copy = folder.resolve("copy.jar");
    modernize(original, copy);
    List<String> names;
    try (JarFile jar = new JarFile(original.toFile())) {
      names = jar.stream().map(entry -> entry.getName())
          .filter(name -> name.startsWith("picocli/") && name.endsWith(".class") && !name.contains("groovy")).toList();
    }
    assertThat(names).hasSizeGreaterThan(100);
    try (URLClassLoader old = loader(original);
        URLClassLoader made = loader(copy)) {
      for (String name : names) {
        assertThat(version(old, name)).isEqualTo(JAVA_5);
        assertThat(version(made, name)).isEqualTo(JAVA_8);
        Class.forName(name.replace('/', '.').replace(".class", ""), true, made);
      }
    }
  }

  private static void modernize(Path from, Path to) throws IOException, InterruptedException, URISyntaxException {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", from.toString(),
        SourceLimitsTest.root().resolve("cli/src/main/training/Modernize.java").toString(), from.toString(),
        to.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private static URLClassLoader loader(Path jar) throws IOException {
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  private static int version(ClassLoader loader, String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(name);
        DataInputStream data = new DataInputStream(in)) {
      data.skipBytes(6);
      return data.readUnsignedShort();
    }
  }
}
