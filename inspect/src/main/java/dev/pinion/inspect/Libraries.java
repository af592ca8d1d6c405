package dev.pinion.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The jars of a program, and whether code in them can know Pinion. */
final class Libraries {
  private static final String PINION = "dev/pinion/";

  private final ClassLoader program;
  private @Nullable Boolean known;

  Libraries(ClassLoader program) {
    this.program = program;
  }

  /**
   * Whether a class outside the user's own may use Pinion: it is in a class folder, or in a jar while any of the jars
   * names Pinion. Jars may call each other, so one that names Pinion makes code of all.
   */
  boolean usesPinion(String name) {
    URL file = program.getResource(name.replace('.', '/') + ".class");
    if (file == null || !file.getProtocol().equals("jar")) return true;
    Boolean answer = known;
    if (answer == null) {
      answer = anyJarNamesPinion();
      known = answer;
    }
    return answer;
  }

  private boolean anyJarNamesPinion() {
    if (!(program instanceof URLClassLoader loader)) return true;
    for (URL url : loader.getURLs()) {
      if (namesPinion(url)) return true;
    }
    return false;
  }

  private static boolean namesPinion(URL url) {
    try {
      Path path = Path.of(url.toURI());
      if (!Files.isRegularFile(path)) return false;
      try (ZipFile jar = new ZipFile(path.toFile())) {
        for (ZipEntry entry : jar.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
          try (InputStream in = jar.getInputStream(entry)) {
            if (new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(PINION)) return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url.toString(), e);
    }
  }
}
