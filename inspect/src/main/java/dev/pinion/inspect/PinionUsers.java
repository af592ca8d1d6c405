package dev.pinion.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Which classes outside the user's own may use Pinion: those of class folders, and of jars that name it. */
final class PinionUsers {
  private static final String PINION = "dev/pinion/";

  private final ClassLoader program;
  private final Map<String, Boolean> jars = new HashMap<>();

  PinionUsers(ClassLoader program) {
    this.program = program;
  }

  /** Whether a class may use Pinion; one that is made while the app runs does not. */
  boolean mayUsePinion(String name) {
    URL file = program.getResource(name.replace('.', '/') + ".class");
    if (file == null) return false;
    if (!file.getProtocol().equals("jar")) return true;
    try {
      JarURLConnection connection = (JarURLConnection) file.openConnection();
      URL jar = connection.getJarFileURL();
      return jars.computeIfAbsent(jar.toString(), _ -> namesPinion(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean namesPinion(URL url) {
    try (ZipFile jar = new ZipFile(Path.of(url.toURI()).toFile())) {
      for (ZipEntry entry : jar.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          if (new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(PINION)) return true;
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
