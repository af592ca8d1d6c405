package dev.pinion.cli;

import dev.pinion.App;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Locations of the command's own files. */
final class Installation {
  /** The jars that run inside a function, or their folder. Default: {@code function} next to the command's jars. */
  private static final String FUNCTION = "pinion.function";

  /** The file with the class path of the target awscdk, next to that module's classes. */
  private static final String AWSCDK = "pinion.awscdk";
  /** The folder with Pinion's sources, from which that target is built. */
  private static final String CHECKOUT = "pinion.checkout";
  /** The folder of a release, if the command runs from one. */
  private static final String HOME = "pinion.home";

  private Installation() {}

  /** Returns the file with the class path of the target awscdk, which may not exist yet. */
  static Path awscdk() {
    return Optional.ofNullable(System.getProperty(AWSCDK))
        .map(Path::of)
        .orElseGet(() -> api().resolveSibling("awscdk").resolve("classpath"));
  }

  /** Returns the folder of Pinion's sources, if the command was built from them. */
  static Optional<Path> checkout() {
    return Optional.ofNullable(System.getProperty(CHECKOUT)).map(Path::of);
  }

  /** Returns the version of Pinion. */
  static String version() {
    return Optional.ofNullable(PinionCommand.class.getPackage().getImplementationVersion()).orElse("(unpackaged)");
  }

  /** Returns the folder of the release that the command runs from, if it does. */
  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty(HOME)).map(Path::of);
  }

  /** Returns the jars that run inside a function, besides the app's. */
  static List<Path> function() {
    List<Path> places = functionPlaces();
    return places.size() == 1 && Files.isDirectory(places.getFirst()) ? jars(places.getFirst()) : places;
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the jars of functions are missing", e);
    }
  }

  /** Returns the jars that run inside a function, if this installation has them. */
  static List<Path> functionIfPresent() {
    return functionPlaces().stream().allMatch(Files::exists) ? function() : List.of();
  }

  private static List<Path> functionPlaces() {
    return Optional.ofNullable(System.getProperty(FUNCTION))
        .map(path -> Stream.of(path.split(File.pathSeparator, -1)).map(Path::of).toList())
        .orElseGet(() -> List.of(api().resolveSibling("function")));
  }

  /** Returns the jars or class folders of Pinion that this process runs on. */
  static List<Path> pinion() {
    String all = System.getProperty("java.class.path") + File.pathSeparator
        + System.getProperty("jdk.module.path", "");
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(each -> !each.isEmpty())
        .map(Path::of)
        .filter(each -> Files.isDirectory(each) || each.getFileName().toString().startsWith("pinion-"))
        .toList();
  }

  /** Returns the jar or class folder of the API. */
  static Path api() {
    try {
      return Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
