package dev.pinion.tables;

/** What to say when the rows do not fit into this process's memory. */
final class LowMemory {
  private static final String MORE = "Start with more, such as PINION_JAVA_OPTS=-Xmx";

  private LowMemory() {}

  /** The message of a write that failed. */
  static String write() {
    return "the memory of this process, " + megabytes(Runtime.getRuntime().maxMemory())
        + " MB, is not enough for this write: nothing of it is stored. " + more();
  }

  /** The message of a start that failed, with rows of so many bytes in the folder. */
  static String open(String folder, long bytes) {
    return "The rows of the tables in " + folder + ", " + megabytes(bytes)
        + " MB, do not fit into the memory of this process, " + megabytes(Runtime.getRuntime().maxMemory()) + " MB. "
        + more() + ", or delete all rows with --fresh";
  }

  private static String more() {
    return MORE + (((2 * Runtime.getRuntime().maxMemory()) >> 30) + 1) + "g";
  }

  private static long megabytes(long bytes) {
    return Math.max(1, bytes >> 20);
  }
}
