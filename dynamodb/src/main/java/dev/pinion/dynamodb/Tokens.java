package dev.pinion.dynamodb;

import dev.pinion.dynamodb.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens; the longest one wins. Used by one thread. */
final class Tokens {
  private static final String SYMBOLS = "=<>+-(),.[]";
  private static final String BLANKS = " \t\r\n";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String text) {
    this.text = text;
  }

  /** Returns the tokens of an expression; the last one is its end. */
  static List<Token> of(String text) {
    Tokens tokens = new Tokens(text);
    while (tokens.at < text.length()) {
      tokens.next();
    }
    tokens.tokens.add(new Token(Kind.END, "<EOF>", text.length()));
    return tokens.tokens;
  }

  private void next() {
    char first = text.charAt(at);
    if (BLANKS.indexOf(first) >= 0) {
      at++;
    } else if (isLetter(first)) {
      int end = word(at + 1);
      add(Token.isKeyword(text.substring(at, end)) ? Kind.KEYWORD : Kind.NAME, end);
    } else if (isDigit(first)) {
      add(Kind.INDEX, index());
    } else if ((first == '#' || first == ':') && word(at + 1) > at + 1) {
      add(first == '#' ? Kind.NAME_PLACEHOLDER : Kind.VALUE_PLACEHOLDER, word(at + 1));
    } else if (text.startsWith("<>", at) || text.startsWith("<=", at) || text.startsWith(">=", at)) {
      add(Kind.SYMBOL, at + 2);
    } else if (SYMBOLS.indexOf(first) >= 0) {
      add(Kind.SYMBOL, at + 1);
    } else {
      add(Kind.UNKNOWN, at + Character.charCount(text.codePointAt(at)));
    }
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at));
    at = end;
  }

  /** Where a word ends that goes on at a position. */
  private int word(int from) {
    int end = from;
    while (end < text.length()
        && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  /** Where an index ends: a zero is an index of its own. */
  private int index() {
    int end = at + 1;
    while (text.charAt(at) != '0' && end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
