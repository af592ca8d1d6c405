package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a {@link MessageStore} in one file on disk: every commit since the file was last written anew ({@link
 * MessageCopy}). As durable as the rows in a {@link TablesFile}.
 */
final class MessageFile implements MessageLog {
  private final LogFolder folder;
  private final FolderLock lock;
  private LogFile file;
  private @Nullable MessageCopy copy;
  private long nextCopy;

  private MessageFile(LogFolder folder, FolderLock lock, LogFile file) {
    this.folder = folder;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Opens the file in a folder, and creates both if they do not exist.
   *
   * @param index gets the messages that are there
   * @param lines receives a line about messages that were given up
   */
  static MessageFile open(Path folder, MessageIndex index, Consumer<String> lines) throws IOException {
    Files.createDirectories(folder);
    LogFolder place = new LogFolder(folder, Kept.MESSAGES);
    FolderLock lock = place.lock();
    boolean opened = false;
    try {
      MessageFile file =
          new MessageFile(place, lock, place.open((at, content) -> MessageCodec.apply(content, at, index), lines));
      opened = true;
      return file;
    } finally {
      if (!opened) lock.close();
    }
  }

  @Override
  public long append(ByteBuffer content, int messages) throws IOException {
    long at = file.length() + Commit.HEAD;
    try {
      file.append(content);
      return at;
    } catch (IOException e) {
      throw new IOException(
          "the messages in " + folder.folder() + " cannot be written: " + e.getMessage()
              + ". Nothing of this write is stored; writes succeed again once the disk takes them",
          e);
    }
  }

  @Override
  public byte[] read(IndexedMessage message) throws IOException {
    return record(file, message.position, message.length);
  }

  static byte[] record(LogFile file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.read(bytes, position);
    return bytes.array();
  }

  @Override
  public void removed(IndexedMessage message) {}

  /** A failure only leaves the file longer. It is tried again when the file has grown. */
  @Override
  @SuppressWarnings("IllegalCatch") // the write before has succeeded, whatever happens here
  public void compact(MessageIndex index) {
    try {
      MessageCopy running = copy;
      if (running != null && running.isDone()) {
        copy = null;
        LogFile old = file;
        file = running.finish(folder.file(), index);
        nextCopy = 0;
        old.close();
      } else if (running == null && file.length() > nextCopy && Compaction.isDue(file.length(), index.bytes())) {
        copy = MessageCopy.start(folder.copy(), file, index);
      }
    } catch (IOException | RuntimeException | Error e) {
      nextCopy = file.length() + file.length() / 4;
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      MessageCopy running = copy;
      if (running != null) running.abandon();
      try (LogFile last = file) {
        last.force();
      }
    }
  }
}
