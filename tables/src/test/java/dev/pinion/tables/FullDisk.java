package dev.pinion.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that has room for so many bytes. */
final class FullDisk extends FileChannel {
  private final FileChannel file;
  private final long room;
  private volatile boolean full;
  private volatile boolean withoutMemory;

  FullDisk(FileChannel file, long room) {
    this.file = file;
    this.room = room;
  }

  /** Sets whether the room is all there is; else there is any. */
  void full(boolean now) {
    full = now;
  }

  /** Sets whether a write past the room finds no memory for its buffer, instead of no space. */
  void withoutMemory(boolean now) {
    withoutMemory = now;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    long left = full ? room - position : Long.MAX_VALUE;
    if (left <= 0) {
      if (withoutMemory) {
        throw new OutOfMemoryError("Cannot reserve direct buffer memory");
      }
      throw new IOException("No space left on device");
    }
    ByteBuffer some = source.slice(source.position(), (int) Math.min(left, source.remaining()));
    int count = file.write(some, position);
    source.position(source.position() + count);
    return count;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return file.read(target, position);
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long newPosition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
