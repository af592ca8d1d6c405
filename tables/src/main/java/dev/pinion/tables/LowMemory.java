package dev.pinion.tables;

/** What to say when rows or messages do not fit into this process's memory. */
final class LowMemory {
  private static final String MORE = "Start with more, such as PINION_JAVA_OPTS=-Xmx";

  private LowMemory() {}

  /** The message of a write that failed. */
  static String write() {
    return "the memory of this process, " + megabytes(Runtime.getRuntime().maxMemory())
        + " MB, is not enough for this write: nothing of it is stored. " + more();
  }

  /** The message of a start that failed, with a file of so many bytes in the folder. */
  static String open(String folder, Kept kept, long bytes) {
    return "The " + (kept == Kept.TABLES ? "rows of the tables" : "list of the messages") + " in " + folder + ", "
        + megabytes(bytes)
        + " MB, do not fit into the memory of this process, " + megabytes(Runtime.getRuntime().maxMemory()) + " MB. "
        + more() + ", or delete all " + kept.parts() + " with --fresh";
  }

  private static String more() {
    return MORE + (((2 * Runtime.getRuntime().maxMemory()) >> 30) + 1) + "g";
  }

  private static long megabytes(long bytes) {
    return Math.max(1, bytes >> 20);
  }
}
