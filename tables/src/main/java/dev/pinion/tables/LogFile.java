package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of commits, one behind the other, which notices whatever happens to an acknowledged one.
 *
 * <pre>
 *      0  "pinion tables 2\n"
 *    512  the note of all odd commits' ends: sequence, file length, checksum
 *   1024  the note of all even commits' ends
 *   4096  the commits: length, checksum, content
 * </pre>
 *
 * <p>A commit's checksum is also over its sequence, counted from the file's beginning. Once a commit is written, its
 * end is noted in the file's head, and only then it is acknowledged. At the start all commits up to the last note
 * must be there. What is behind them was never acknowledged: a whole commit counts, half a commit is what a killed
 * process left and is written over.
 *
 * <p>Writes return when the operating system has the bytes, so that they survive the end of the process, however it
 * comes. One thread at a time.
 */
final class LogFile implements AutoCloseable {
  private static final int WRITTEN_TOGETHER = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer head = ByteBuffer.allocateDirect(Commit.HEAD);
  private final ByteBuffer note = ByteBuffer.allocateDirect(EndNote.BYTES);
  private long end;
  private long sequence;

  private LogFile(FileChannel channel, long end, long sequence) {
    this.channel = channel;
    this.end = end;
    this.sequence = sequence;
  }

  /** Creates a file without commits, in place of one that is there. */
  static LogFile create(Path file) throws IOException {
    return create(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  /** Begins an empty file; closes it when this fails. */
  static LogFile create(FileChannel channel) throws IOException {
    LogFile created = new LogFile(channel, EndNote.FIRST_COMMIT, 0);
    try {
      created.write(ByteBuffer.wrap(EndNote.newHead()), 0);
      return created;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Opens a file for more commits. What stands behind the end is cut off. */
  static LogFile open(Path file, LogReader.End end) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.truncate(end.length());
      LogFile opened = new LogFile(channel, end.length(), end.sequence());
      opened.note(end.sequence(), end.length());
      return opened;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Appends a commit. When this fails, the file is as before, and the next commit may succeed.
   *
   * @param content the commit's content, which is read to its end
   */
  void append(ByteBuffer content) throws IOException {
    boolean noted = false;
    try {
      long next = end + Commit.HEAD + content.remaining();
      Commit.head(head, sequence + 1, content);
      write(head, end);
      write(content, end + Commit.HEAD);
      note(sequence + 1, next);
      noted = true;
      end = next;
      sequence++;
    } finally {
      if (!noted) {
        cutOff();
      }
    }
  }

  /** Appends the commits of another file, from a position to its end. */
  void appendFrom(LogFile other, long from) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(0);
    for (long at = from; at < other.end; at += Commit.HEAD + content.capacity()) {
      content = other.content(at);
      append(content.duplicate());
    }
  }

  private ByteBuffer content(long at) throws IOException {
    read(head.clear(), at);
    ByteBuffer content = ByteBuffer.allocate(head.flip().getInt());
    read(content, at + Commit.HEAD);
    return content.flip();
  }

  /** Reads what is in the file from a position on, as much as fits into a buffer. Any thread. */
  void read(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        throw new IOException("the file ends at " + at);
      }
      at += count;
    }
  }

  private void note(long commits, long length) throws IOException {
    EndNote.write(note, commits, length);
    write(note, EndNote.position(commits));
  }

  /** Frees the space of a commit that was not written whole. Where this fails too, the next commit overwrites it. */
  private void cutOff() throws IOException {
    if (channel.size() > end) {
      channel.truncate(end);
    }
  }

  /** The pieces are small, as the JDK copies each into memory of its own, which it keeps. */
  private void write(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    int limit = bytes.limit();
    while (bytes.position() < limit) {
      bytes.limit(Math.min(limit, bytes.position() + WRITTEN_TOGETHER));
      at += channel.write(bytes, at);
    }
  }

  /** Returns the length of the file up to the last commit's end. */
  long length() {
    return end;
  }

  /** Returns when the disk itself has all commits. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Moves the file in one step to where another one may be, also on the disk itself. It stays open. */
  static void replace(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException _) {
      // a system on which folders cannot be opened, and which brings the move to the disk by itself
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
