package dev.pinion.engine;

/** The characters of a request's lines (RFC 9110 section 5). */
final class HeaderLine {
  private HeaderLine() {}

  /** Returns whether a text is a header line, or one of a trailer: a name, a colon, and no control characters. */
  static boolean isHeader(String line) {
    int colon = line.indexOf(':');
    return colon >= 0 && isToken(line.substring(0, colon)) && !hasControls(line);
  }

  /** Returns whether a text has control characters other than tabs. */
  static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        return true;
      }
    }
    return false;
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isTokenCharacter(int c) {
    return c > ' ' && c < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }
}
