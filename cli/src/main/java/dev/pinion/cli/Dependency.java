package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library in a {@code //DEPS} line of a source file.
 *
 * @param group Maven's groupId
 * @param artifact Maven's artifactId
 * @param version Maven's version
 * @param place file and line
 */
record Dependency(String group, String artifact, String version, String place) {
  private static final Pattern LINE = Pattern.compile("^//DEPS\\s+(?<list>.*)$");
  private static final String PART = "[A-Za-z0-9_.\\-]+";
  private static final Pattern COORDINATE =
      Pattern.compile("(?<group>" + PART + "):(?<artifact>" + PART + "):(?<version>" + PART + ")(@jar)?");

  /**
   * Returns the libraries that files name, without Pinion itself, which is always available.
   *
   * @throws UserException if one does not have the form group:artifact:version
   */
  static List<Dependency> in(Collection<Path> files) {
    List<Dependency> all = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher line = LINE.matcher(lines.get(i));
        if (line.matches()) add(all, line.group("list"), file + ":" + (i + 1));
      }
    }
    return List.copyOf(all);
  }

  private static void add(List<Dependency> all, String list, String place) {
    for (String text : list.strip().split("[\\s,]+", -1)) {
      Matcher coordinate = COORDINATE.matcher(text);
      if (!coordinate.matches()) {
        throw new UserException(
            place + ": error: '" + text + "' in //DEPS must have the form group:artifact:version, such as"
                + " org.slf4j:slf4j-api:2.0.17");
      }
      Dependency dependency =
          new Dependency(coordinate.group("group"), coordinate.group("artifact"), coordinate.group("version"), place);
      if (!dependency.group.equals("dev.pinion")) all.add(dependency);
    }
  }

  private static List<String> lines(Path file) {
    try (var text = Files.newBufferedReader(file)) {
      return text.lines().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          "error: " + FileTrouble.of(e).orElseGet(() -> file + ": cannot be read as UTF-8 (" + e.getMessage() + ")"),
          e);
    }
  }

  /** Returns it as written by the user. */
  String coordinate() {
    return group + ":" + artifact + ":" + version;
  }
}
