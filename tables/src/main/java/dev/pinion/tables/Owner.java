package dev.pinion.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process that has a folder of tables open, noted in a file beside them. The note is for messages only; what keeps
 * others out is the engine's lock.
 */
final class Owner {
  private static final String FILE = "owner.pid";

  private Owner() {}

  static void write(Path folder) {
    try {
      Files.writeString(folder.resolve(FILE), Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process in words, such as {@code process 4711 (/usr/bin/java)}. */
  static String of(Path folder) {
    try {
      String pid = Files.readString(folder.resolve(FILE)).strip();
      if (pid.equals(Long.toString(ProcessHandle.current().pid()))) {
        return "this process (" + pid + ")";
      }
      return ProcessHandle.of(Long.parseLong(pid))
          .flatMap(process -> process.info().command())
          .map(command -> "process " + pid + " (" + command + ")")
          .orElse("process " + pid);
    } catch (IOException | NumberFormatException e) {
      return "another process";
    }
  }
}
