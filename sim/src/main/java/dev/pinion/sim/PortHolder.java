package dev.pinion.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the process that listens on a port, where the system reveals it: on Linux, in {@code /proc}. */
final class PortHolder {
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /** The process that listens on a TCP port, such as {@code java (pid 4711)}; empty where it is unknown. */
  static Optional<String> of(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> inode(Path.of(table), port).stream())
        .flatMap(inode -> process(inode).stream())
        .findFirst();
  }

  private static Optional<String> inode(Path table, int port) {
    String suffix = ":%04X".formatted(port).toUpperCase(Locale.ROOT);
    return lines(table).stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
        .map(columns -> columns[9])
        .findFirst();
  }

  private static Optional<String> process(String inode) {
    return list(Path.of("/proc")).stream()
        .filter(folder -> folder.getFileName().toString().matches("\\d+"))
        .filter(
            folder -> list(folder.resolve("fd")).stream().anyMatch(fd -> target(fd).equals("socket:[" + inode + "]")))
        .map(folder -> String.join("", lines(folder.resolve("comm"))) + " (pid " + folder.getFileName() + ")")
        .findFirst();
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return unreadable();
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Other users' processes and those that have just ended cannot be read: they are not the answer. */
  private static String unreadable() {
    return "";
  }
}
