package dev.pinion.cli;

import dev.pinion.aws.OutputFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which program a target's folder was compiled from, as a file in there says.
 *
 * @param app the binary name of the app's class
 * @param path the file or the folder of the program, as the file system names it
 */
record ProgramRecord(String app, Path path) {
  private static final String MARK = "Written by pinion compile: which app is compiled here, and from which program.";

  /** Returns the record of an app that is compiled from a program. */
  static ProgramRecord of(String app, ProgramOptions program) {
    return new ProgramRecord(app, path(program));
  }

  /** Reads the record of a folder; empty if it has none, as one that an older Pinion has compiled. */
  static Optional<ProgramRecord> in(Path folder) {
    Path file = folder.resolve(OutputFolder.PROGRAM);
    if (!Files.isRegularFile(file)) return Optional.empty();
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 3 || !lines.getFirst().equals(MARK)) return Optional.empty();
      Path path = folder.toRealPath().resolve(lines.get(2)).normalize();
      return Optional.of(new ProgramRecord(lines.get(1), Files.exists(path) ? path.toRealPath() : path));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Writes the record with the way from the folder to the program, as both may be moved together; returns its file. */
  Path write(Path folder) {
    try {
      Path way = folder.toRealPath().relativize(path);
      return Files.write(folder.resolve(OutputFolder.PROGRAM), List.of(MARK, app, way.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what makes a program the same one in whichever way it is named: its file, its folder, or the folder of the
   * project that has its classes.
   */
  static Path path(ProgramOptions program) {
    if (program.classes().isEmpty()) {
      Path path = program.path();
      boolean project = path.endsWith("pom.xml") || GradleProject.isBuildFile(path);
      return MavenBuild.real(project ? path.resolveSibling("") : path);
    }
    Path classes = MavenBuild.real(program.classes().getFirst());
    return ToolBuilds.project(classes).orElse(classes);
  }
}
