package dev.pinion.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that a target is written to. Files that no compilation wrote are kept.
 *
 * @param path the folder, which need not exist
 * @param own the names of the files that an earlier compilation wrote there; none if there was none
 * @param expected a regular expression for the names of files that belong there and no compilation writes
 */
public record OutputFolder(Path path, Set<String> own, String expected) {
  /** The file that says which program the folder was compiled from. The command that compiles writes it. */
  public static final String PROGRAM = "pinion-program.txt";

  /** The file that is being written. */
  private static final String UNFINISHED = ".pinion-unfinished";

  public OutputFolder {
    own = Set.copyOf(own);
  }

  /**
   * Returns the names of all other files.
   *
   * @throws OutputFolderException if there are some and no earlier compilation has written to this folder
   */
  public List<String> foreign() {
    if (!Files.exists(path)) return List.of();
    if (!Files.isDirectory(path)) throw new OutputFolderException(path + " is a file: name a folder");
    List<String> foreign;
    try (Stream<Path> all = Files.list(path)) {
      foreign = all.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !own.contains(name) && !name.matches(expected) && !name.equals(UNFINISHED)
              && !name.equals(PROGRAM))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (own.isEmpty() && !foreign.isEmpty()) {
      throw new OutputFolderException(
          path + " has files that no compilation wrote: "
              + foreign.stream().limit(10).collect(Collectors.joining(", "))
              + (foreign.size() > 10 ? " and " + (foreign.size() - 10) + " more" : "")
              + "; nothing was written. Name an empty or new folder");
    }
    return foreign;
  }

  /**
   * Writes files, and deletes those that only the earlier compilation wrote. Each file is the earlier one or the new
   * one at any time, also if the process is killed: one of them knows the tables of all compilations before.
   *
   * @return the names of all other files
   * @throws OutputFolderException as {@link #foreign} does; then nothing is written
   */
  public List<String> write(Map<String, byte[]> files) {
    List<String> foreign = foreign().stream().filter(name -> !files.containsKey(name)).toList();
    try {
      Files.createDirectories(path);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        replace(path.resolve(file.getKey()), file.getValue());
      }
      for (String name : own) {
        if (!files.containsKey(name)) Files.deleteIfExists(path.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return foreign;
  }

  private void replace(Path file, byte[] content) throws IOException {
    Path unfinished = path.resolve(UNFINISHED);
    try {
      Files.write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
