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
 * A library that a source file names in a {@code //DEPS} line.
 *
 * @param group Maven's groupId
 * @param artifact Maven's artifactId
 * @param version Maven's version
 * @param place the file, as the user wrote it, and the line
 */
record Dependency(String group, String artifact, String version, String place) {
  private static final Pattern LINE = Pattern.compile("^//DEPS\\s+(?<list>.*)$");
  private static final String PART = "[A-Za-z0-9_.\\-]+";
  private static final Pattern COORDINATE =
      Pattern.compile("(?<group>" + PART + "):(?<artifact>" + PART + "):(?<version>" + PART + ")(@jar)?");

  /**
   * The libraries that files name; without those of Pinion, which are there already.
   *
   * @throws UserException for one that is not of the form group:artifact:version
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
            place + ": error: //DEPS takes group:artifact:version, such as org.slf4j:slf4j-api:2.0.17, but this is '"
                + text + "'");
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
      throw new UserException("error: " + file + " cannot be read as UTF-8: " + e.getMessage(), e);
    }
  }

  /** The form that the user wrote. */
  String coordinate() {
    return group + ":" + artifact + ":" + version;
  }
}
