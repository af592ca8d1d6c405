package dev.pinion.cli;

import dev.pinion.aws.LibraryMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** Pinion's libraries that are parts of programs, and no part of the command: each has a {@link LibraryMark}. */
final class ProgramLibraries {
  private static final String PACKAGE = "package ";
  private static final String NEEDS = "needs ";
  /** A package of Pinion's that is not the API's. */
  private static final Pattern OTHER_PACKAGE = Pattern.compile("\\bdev\\.pinion\\.[a-z]");

  private ProgramLibraries() {}

  /** Returns the jars, or class folders, of those libraries whose packages a program's sources name, with their own. */
  static List<Path> of(List<Path> sources) {
    // Finding the marks opens each jar of the command, so it is left out for most programs.
    List<String> texts =
        sources.stream().map(ProgramLibraries::read).filter(OTHER_PACKAGE.asPredicate()).toList();
    if (texts.isEmpty()) return List.of();
    try {
      return Collections.list(ProgramLibraries.class.getClassLoader().getResources(LibraryMark.FILE)).stream()
          .flatMap(mark -> of(mark, texts)).distinct().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> of(URL mark, List<String> sources) {
    List<String> lines = lines(mark);
    boolean isNamed = values(lines, PACKAGE).anyMatch(
        name -> sources.stream().anyMatch(source -> source.contains(name + ".")));
    if (!isNamed) return Stream.of();
    return Stream.concat(Stream.of(origin(mark, LibraryMark.FILE)), values(lines, NEEDS).map(ProgramLibraries::origin));
  }

  private static List<String> lines(URL mark) {
    try (InputStream in = mark.openStream()) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> values(List<String> lines, String start) {
    return lines.stream().filter(each -> each.startsWith(start)).map(each -> each.substring(start.length()).strip());
  }

  /** Returns the text of a source; what cannot be read is the compiler's affair. */
  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      return "";
    }
  }

  private static Path origin(String file) {
    return origin(requireNonNull(ProgramLibraries.class.getClassLoader().getResource(file), file), file);
  }

  /** Returns the jar, or the folder of classes, that has a file. */
  private static Path origin(URL place, String file) {
    try {
      URLConnection connection = place.openConnection();
      return connection instanceof JarURLConnection jar ? Path.of(jar.getJarFileURL().toURI())
          : Path.of(URI.create(place.toString().replace(file, "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a jar, or a folder of classes, is one of Pinion's that the command provides. */
  static boolean isCommands(Path jar) {
    if (Files.isDirectory(jar)) {
      return Files.isDirectory(jar.resolve("dev/pinion")) && !Files.exists(jar.resolve(LibraryMark.FILE));
    }
    if (!String.valueOf(jar.getFileName()).startsWith("pinion-")) return false;
    try (JarFile file = new JarFile(jar.toFile())) {
      boolean ours = file.getEntry("META-INF/maven/dev.pinion/") != null || file.getEntry("dev/pinion/") != null;
      return ours && file.getEntry(LibraryMark.FILE) == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
