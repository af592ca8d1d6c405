package dev.pinion.cli;

import dev.pinion.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the command's own files are. */
final class Installation {
  /** Where the jars are that run inside a function; {@code function} beside the command's own unless told. */
  private static final String FUNCTION = "pinion.function";

  /** The file with the class path of the target awscdk, beside whose module's classes it is. */
  private static final String AWSCDK = "pinion.awscdk";
  /** The folder with Pinion's sources, from which that target is built. */
  private static final String CHECKOUT = "pinion.checkout";

  private Installation() {}

  /** Where the class path of the target awscdk is, or is to be, written. */
  static Path awscdk() {
    return Optional.ofNullable(System.getProperty(AWSCDK))
        .map(Path::of)
        .orElseGet(() -> api().resolveSibling("awscdk").resolve("classpath"));
  }

  /** The folder of Pinion's sources, of a command that is built from them. */
  static Optional<Path> checkout() {
    return Optional.ofNullable(System.getProperty(CHECKOUT)).map(Path::of);
  }

  /** The jars that run inside a function, besides the app's. */
  static List<Path> function() {
    Path folder = Optional.ofNullable(System.getProperty(FUNCTION))
        .map(Path::of)
        .orElseGet(() -> api().resolveSibling("function"));
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the jars of functions are missing", e);
    }
  }

  /** The jar, or the class folder, of the API. */
  static Path api() {
    try {
      return Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
