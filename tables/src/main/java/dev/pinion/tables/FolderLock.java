package dev.pinion.tables;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps all others out of a folder while it is open, by a lock on a file that is for nothing else.
 *
 * <p>By POSIX a process loses its locks on a file as soon as it closes any of its descriptors of that file. Therefore
 * nobody reads or writes the file, and this process never opens it twice. Who has the folder open is noted in another
 * file, for messages only.
 */
final class FolderLock implements AutoCloseable {
  /** The name of the locked file. */
  static final String FILE = "lock";

  private static final String OWNER = "owner.pid";
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  /** Never closed, as that would end a lock of this process. */
  private static final Queue<FileChannel> KEPT_OPEN = new ConcurrentLinkedQueue<>();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks a folder that exists.
   *
   * @throws FolderInUseException when this or another process has locked it
   */
  static FolderLock of(Path folder, Kept kept) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw new FolderInUseException(folder, kept, owner(real));
    }
    boolean locked = false;
    try {
      FileChannel channel = locked(folder, kept, real);
      locked = true;
      note(real.resolve(OWNER));
      return new FolderLock(real, channel);
    } finally {
      if (!locked) {
        HELD.remove(real);
      }
    }
  }

  private static void note(Path owner) {
    try {
      Files.writeString(owner, Long.toString(ProcessHandle.current().pid()));
    } catch (IOException _) {
      // a full disk: others are told of another process then
    }
  }

  private static FileChannel locked(Path folder, Kept kept, Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      KEPT_OPEN.add(channel); // this process has the lock, by another class loader
    }
    throw new FolderInUseException(folder, kept, owner(real));
  }

  /** The process that has the folder open, in words, such as {@code process 4711 (/usr/bin/java)}. */
  private static String owner(Path folder) {
    try {
      String pid = Files.readString(folder.resolve(OWNER)).strip();
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

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(folder.resolve(OWNER));
    } finally {
      HELD.remove(folder);
    }
  }
}
