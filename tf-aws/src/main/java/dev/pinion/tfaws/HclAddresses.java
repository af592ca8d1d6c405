package dev.pinion.tfaws;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a file in Terraform's own syntax declares. Whether the file is valid is for Terraform to say: what is not
 * understood is skipped.
 */
final class HclAddresses {
  private static final char END = '\0';

  private final String file;
  private final String text;
  private final List<Address> found = new ArrayList<>();
  private int at;
  private int line = 1;

  private HclAddresses(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Returns the addresses in a file. */
  static List<Address> of(String file, String text) {
    HclAddresses reading = new HclAddresses(file, text);
    while (reading.at < text.length()) reading.item();
    return reading.found;
  }

  /** Reads a block, or one token outside of all blocks. */
  private void item() {
    space();
    int begins = line;
    String kind = word();
    if (kind.isEmpty()) {
      token();
      return;
    }
    List<String> labels = new ArrayList<>();
    while (true) {
      space();
      if (peek() == '"') labels.add(quoted());
      else if (isWord(peek())) labels.add(word());
      else break;
    }
    if (peek() != '{') return;
    if (kind.equals("locals")) {
      locals();
      return;
    }
    if (!labels.isEmpty() && labels.size() == Address.labels(kind)) add(begins, kind, labels);
    token();
  }

  /** Reads the members of a block of locals: what stands before an equals sign outside of inner braces. */
  private void locals() {
    at++;
    while (true) {
      space();
      int begins = line;
      if (peek() == END || peek() == '}') break;
      String name = word();
      space();
      if (!name.isEmpty() && peek() == '=' && peek(1) != '=') add(begins, "locals", List.of(name));
      if (peek() != '}') token();
    }
    at++;
  }

  private void add(int begins, String kind, List<String> labels) {
    Address.of(kind, labels.toArray(String[]::new)).ifPresent(each -> found.add(new Address(each, file, begins)));
  }

  private char peek() {
    return peek(0);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  private void next() {
    if (peek() == '\n') line++;
    at++;
  }

  private static boolean isWord(char each) {
    return Character.isLetterOrDigit(each) || each == '_' || each == '-';
  }

  private String word() {
    int begins = at;
    while (isWord(peek())) at++;
    return text.substring(begins, at);
  }

  /** Skips white space and comments. */
  private void space() {
    while (true) {
      if (peek() == '#' || text.startsWith("//", at)) {
        while (peek() != '\n' && peek() != END) at++;
      } else if (text.startsWith("/*", at)) {
        skipTo("*/");
      } else if (Character.isWhitespace(peek())) {
        next();
      } else {
        return;
      }
    }
  }

  private void skipTo(String end) {
    while (at < text.length() && !text.startsWith(end, at)) next();
    at = Math.min(text.length(), at + end.length());
  }

  /** Skips one word, string, heredoc or sign, and with a bracket all that it encloses. */
  private void token() {
    switch (peek()) {
      case '"' -> quoted();
      case '{', '[', '(' -> {
        at++;
        space();
        while (peek() != END && "}])".indexOf(peek()) < 0) {
          token();
          space();
        }
        next();
      }
      case '<' -> heredoc();
      default -> {
        if (word().isEmpty()) next();
      }
    }
  }

  /** Reads a string, whose interpolations may have strings. */
  private String quoted() {
    int begins = ++at;
    while (peek() != '"' && peek() != END) {
      if (peek() == '\\') {
        at++;
        next();
      } else if ((peek() == '$' || peek() == '%') && peek(1) == peek() && peek(2) == '{') {
        at += 3;
      } else if ((peek() == '$' || peek() == '%') && peek(1) == '{') {
        at++;
        token();
      } else {
        next();
      }
    }
    String string = text.substring(begins, Math.min(at, text.length()));
    at++;
    return string;
  }

  private void heredoc() {
    if (!text.startsWith("<<", at)) {
      next();
      return;
    }
    at += peek(2) == '-' ? 3 : 2;
    String mark = word();
    while (at < text.length() && !mark.isEmpty()) {
      while (peek() != '\n' && peek() != END) at++;
      next();
      int end = text.indexOf('\n', at);
      String next = text.substring(Math.min(at, text.length()), end < 0 ? text.length() : end);
      if (next.strip().equals(mark)) {
        at += next.length();
        return;
      }
    }
  }
}
