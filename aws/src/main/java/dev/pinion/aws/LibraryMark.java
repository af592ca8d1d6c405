package dev.pinion.aws;

/**
 * The file that marks a library of Pinion's as a part of programs: they call it, the inspector follows it, and it is in
 * their functions' package. A line {@code package NAME} has its package, and each line {@code needs FILE} a file of a
 * jar that it needs.
 */
public final class LibraryMark {
  /** The file's path in a jar or a folder of classes. */
  public static final String FILE = "META-INF/pinion-library";

  private LibraryMark() {}
}
