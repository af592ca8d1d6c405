package dev.pinion.spi;

/**
 * A place in the user's sources.
 *
 * @param file the source file's name without its folder, such as {@code Chat.java}
 * @param line the line, counted from 1
 */
public record SourceLocation(String file, int line) {
  /** Returns the form that editors and terminals recognize: {@code Chat.java:8}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
