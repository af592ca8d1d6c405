package dev.pinion.tables;

/** What a folder keeps in its {@link LogFile}, in the words of messages to people. */
enum Kept {
  /** The rows of tables. */
  TABLES("tables", "rows"),
  /** Messages of queues and tasks. */
  MESSAGES("messages", "messages");

  private final String words;
  private final String parts;

  Kept(String words, String parts) {
    this.words = words;
    this.parts = parts;
  }

  /** The name of the file, without its suffix. */
  String file() {
    return words;
  }

  /** What is lost with the folder. */
  String parts() {
    return parts;
  }

  @Override
  public String toString() {
    return words;
  }
}
