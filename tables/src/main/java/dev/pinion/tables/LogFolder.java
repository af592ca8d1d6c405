package dev.pinion.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A folder with one {@link LogFile}. Whoever opens or deletes it has its {@link FolderLock}. */
record LogFolder(Path folder, Kept kept) {
  /** The file. */
  Path file() {
    return folder.resolve(kept.file() + ".log");
  }

  /** A file that is being written to take the other one's place. */
  Path copy() {
    return folder.resolve(kept.file() + ".log.new");
  }

  /** A damaged file whose readable commits are to be used; put there by hand, as the message about the damage says. */
  private Path salvage() {
    return folder.resolve(kept.file() + ".salvage");
  }

  FolderLock lock() throws IOException {
    return FolderLock.of(folder, kept);
  }

  /**
   * Opens the file for more commits, and creates it if it does not exist.
   *
   * @param commits receives the content of all commits
   * @param log receives a line about commits that were given up
   * @throws FolderDamagedException when an acknowledged commit is missing
   */
  LogFile open(LogReader.Commits commits, Consumer<String> log) throws IOException {
    Files.deleteIfExists(copy());
    if (Files.notExists(file())) create(log);
    LogReader.End end = LogReader.read(file(), commits);
    String damage = end.damage();
    if (damage != null) throw new FolderDamagedException(folder, kept, damage, remedy(end));
    if (end.mayLack()) log.accept(mayLack(end));
    return LogFile.open(file(), end);
  }

  private String remedy(LogReader.End end) {
    return end.sequence() == 0 ? ""
        : "rename " + file().getFileName() + " to " + salvage().getFileName() + " to go on with the " + kept.parts()
            + " as they were after commit " + end.sequence() + ", ";
  }

  private String mayLack(LogReader.End end) {
    return "the " + kept + " in " + folder + " have the " + kept.parts() + " of commit " + end.sequence()
        + ", and may lack later ones: " + file().getFileName() + " is longer than a process leaves it that ends at any"
        + " moment. It is so after a power failure, and in a copy that was made while an app was running";
  }

  /** Creates the file: with the readable commits of a damaged one, if there is one to salvage, else without any. */
  private void create(Consumer<String> log) throws IOException {
    LogFile created = LogFile.create(copy());
    try (created) {
      if (Files.exists(salvage())) {
        LogReader.End end = LogReader.read(salvage(), (_, content) -> append(created, content));
        log.accept("the " + kept + " in " + folder + " have the " + kept.parts() + " of the " + end.sequence()
            + " readable commits of " + salvage() + ", which can be deleted now");
      }
      created.force();
    }
    LogFile.replace(copy(), file());
  }

  private static void append(LogFile file, byte[] content) {
    try {
      file.append(ByteBuffer.wrap(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes the files, and none that are not theirs. The lock stays, as it keeps others out meanwhile.
   *
   * @param others names of more files
   * @throws FolderInUseException when another run has the folder open
   */
  void delete(List<String> others) throws IOException {
    if (!Files.isDirectory(folder)) return;
    try (FolderLock _ = lock()) {
      for (Path each : List.of(file(), copy(), salvage())) Files.deleteIfExists(each);
      for (String name : others) Files.deleteIfExists(folder.resolve(name));
    }
  }
}
