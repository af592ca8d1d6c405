package dev.pinion.cli;

/** The text of Java files. */
final class JavaText {
  private JavaText() {}

  /** Returns code with blanks instead of comments, and of what literals contain. */
  static String withoutTexts(String code) {
    StringBuilder text = new StringBuilder(code.length());
    int at = 0;
    while (at < code.length()) {
      int end = end(code, at);
      if (end > at) text.append(' ');
      else text.append(code.charAt(at));
      at = Math.max(end, at + 1);
    }
    return text.toString();
  }

  /** Returns where the comment or literal ends that begins at a place; the place itself if none does. */
  private static int end(String code, int at) {
    if (code.startsWith("//", at)) return behind(code, "\n", at, 0);
    if (code.startsWith("/*", at)) return behind(code, "*/", at + 2, 2);
    if (code.startsWith("\"\"\"", at)) return literal(code, "\"\"\"", at);
    return code.charAt(at) == '"' || code.charAt(at) == '\'' ? literal(code, code.substring(at, at + 1), at) : at;
  }

  private static int behind(String code, String mark, int from, int length) {
    int found = code.indexOf(mark, from);
    return found < 0 ? code.length() : found + length;
  }

  private static int literal(String code, String mark, int at) {
    for (int i = at + mark.length(); i < code.length(); i++) {
      if (code.startsWith(mark, i)) return i + mark.length();
      if (code.charAt(i) == '\\') i++;
      else if (code.charAt(i) == '\n' && mark.length() == 1) return i;
    }
    return code.length();
  }
}
