package dev.pinion.dynamodb;

import java.util.Set;

/**
 * A token of an expression.
 *
 * @param kind what it is
 * @param text its text; {@code <EOF>} at the end
 * @param from where it begins
 */
record Token(Kind kind, String text, int from) {
  private static final Set<String> KEYWORDS =
      Set.of("IN", "BETWEEN", "NOT", "AND", "OR", "SET", "ADD", "DELETE", "REMOVE");

  /** What a token is. */
  enum Kind {
    /** An attribute's or function's name. */
    NAME,
    /** A placeholder of a name, such as {@code #n}. */
    NAME_PLACEHOLDER,
    /** A placeholder of a value, such as {@code :v}. */
    VALUE_PLACEHOLDER,
    /** The digits of a list's index. */
    INDEX,
    /** A word of the language, in upper or lower case. */
    KEYWORD,
    /** An operator, a bracket or a comma. */
    SYMBOL,
    /** What has no place in any expression. */
    UNKNOWN,
    /** The end of the expression. */
    END
  }

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toUpperCase(java.util.Locale.ROOT));
  }

  int to() {
    return kind == Kind.END ? from : from + text.length();
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isKeywordOf(String keyword) {
    return kind == Kind.KEYWORD && text.equalsIgnoreCase(keyword);
  }
}
