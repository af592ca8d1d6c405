package dev.pinion.json;

import java.util.BitSet;

/**
 * A position in a JSON text, by the grammar of RFC 8259 and nothing else. Used by one thread.
 *
 * <p>The router and the codec both read with it, so a text that selects a route is JSON for the route's handler, too.
 * The grammar allows one half of a surrogate pair, escaped or not, as JavaScript's {@code slice} makes it; it is kept.
 */
final class JsonReader {
  /** What a value is, by its first character. */
  enum Kind {
    OBJECT, ARRAY, TEXT, NUMBER, BOOLEAN, NULL
  }

  private static final int LEVELS = 255;

  private final String text;
  private int at;
  private int depth;
  /** Whether nothing of the innermost object or array has been read yet. */
  private boolean first;

  /** A position to return to. */
  record Mark(int at, int depth) {}

  JsonReader(String text) {
    this.text = text;
  }

  Mark mark() {
    return new Mark(at, depth);
  }

  void returnTo(Mark mark) {
    at = mark.at();
    depth = mark.depth();
  }

  /** Returns what the next value is, by its first character. */
  Kind peek() throws Misfit {
    return switch (next()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.TEXT;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      default -> throw notJson();
    };
  }

  /** Skips white space; returns the next character, or one that no JSON has at the end of the text. */
  private char next() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') return next;
      at++;
    }
    return '\0';
  }

  private Misfit notJson() {
    return new Misfit("not JSON");
  }

  private void expect(char wanted) throws Misfit {
    if (next() != wanted) throw notJson();
    at++;
  }

  /**
   * Enters the object or array that {@link #peek} has seen.
   *
   * @throws Misfit if it is nested deeper than 255 levels
   */
  void enter() throws Misfit {
    if (++depth > LEVELS) throw new Misfit("nested deeper than " + LEVELS + " levels");
    at++;
    first = true;
  }

  /** Whether the object that has been entered has another member; otherwise leaves it. */
  boolean hasMember() throws Misfit {
    return stays('}');
  }

  /** Whether the array that has been entered has another element; otherwise leaves it. */
  boolean hasElement() throws Misfit {
    return stays(']');
  }

  private boolean stays(char end) throws Misfit {
    boolean more = more(end);
    if (!more) depth--;
    return more;
  }

  private boolean more(char end) throws Misfit {
    boolean fresh = first;
    first = false;
    if (next() == end) {
      at++;
      return false;
    }
    if (!fresh) expect(',');
    return true;
  }

  /** Reads a member's name and the colon behind it. */
  String name() throws Misfit {
    if (next() != '"') throw notJson();
    String name = string();
    expect(':');
    return name;
  }

  /** Reads the text that {@link #peek} has seen. */
  String string() throws Misfit {
    int start = ++at;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') return text.substring(start, at - 1);
      if (next == '\\') {
        at--;
        return escaped(start);
      }
      if (next < ' ') throw notJson();
    }
    throw notJson();
  }

  /** Reads the rest of a text in which the next character is a backslash. */
  private String escaped(int start) throws Misfit {
    StringBuilder value = new StringBuilder().append(text, start, at);
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') return value.toString();
      if (next < ' ') throw notJson();
      value.append(next == '\\' ? escape() : next);
    }
    throw notJson();
  }

  private void passText() throws Misfit {
    at++;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') return;
      if (next < ' ') throw notJson();
      if (next == '\\') {
        var _ = escape();
      }
    }
    throw notJson();
  }

  private char escape() throws Misfit {
    if (at == text.length()) throw notJson();
    char next = text.charAt(at++);
    return switch (next) {
      case '"', '\\', '/' -> next;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw notJson();
    };
  }

  private char hexadecimal() throws Misfit {
    if (at + 4 > text.length()) throw notJson();
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char digit = text.charAt(at++);
      int number = digit < 128 ? Character.digit(digit, 16) : -1;
      if (number < 0) throw notJson();
      value = value << 4 | number;
    }
    return (char) value;
  }

  /** Reads the number that {@link #peek} has seen, as it stands in the text. */
  String number() throws Misfit {
    int start = at;
    passNumber();
    return text.substring(start, at);
  }

  private void passNumber() throws Misfit {
    if (text.charAt(at) == '-') at++;
    if (!skip('0')) digits();
    if (skip('.')) digits();
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        var _ = skip('-');
      }
      digits();
    }
  }

  private boolean skip(char wanted) {
    boolean here = at < text.length() && text.charAt(at) == wanted;
    if (here) at++;
    return here;
  }

  private void digits() throws Misfit {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) throw notJson();
  }

  /** Reads the boolean that {@link #peek} has seen. */
  boolean bool() throws Misfit {
    boolean value = text.charAt(at) == 't';
    word(value ? "true" : "false");
    return value;
  }

  /** Reads the null that {@link #peek} has seen. */
  void nothing() throws Misfit {
    word("null");
  }

  private void word(String word) throws Misfit {
    if (!text.startsWith(word, at)) throw notJson();
    at += word.length();
  }

  /** Skips a value of any depth. */
  void skip() throws Misfit {
    if (!passed()) return;
    BitSet objects = new BitSet();
    int level = 0;
    objects.set(level++, text.charAt(at - 1) == '{');
    while ((level = leave(objects, level)) > 0) {
      if (passed()) {
        objects.set(level++, text.charAt(at - 1) == '{');
      }
    }
  }

  /** Passes a scalar, or the beginning of an object or array; whether it was the latter. */
  private boolean passed() throws Misfit {
    switch (peek()) {
      case OBJECT, ARRAY -> {
        at++;
        first = true;
        return true;
      }
      case TEXT -> passText();
      case NUMBER -> passNumber();
      case BOOLEAN -> word(text.charAt(at) == 't' ? "true" : "false");
      case NULL -> nothing();
    }
    return false;
  }

  /** Leaves all objects and arrays that end here, or passes the name of the next member; returns how many are left. */
  private int leave(BitSet objects, int level) throws Misfit {
    int left = level;
    while (left > 0) {
      boolean object = objects.get(left - 1);
      if (more(object ? '}' : ']')) {
        if (object) passName();
        return left;
      }
      left--;
    }
    return left;
  }

  private void passName() throws Misfit {
    if (next() != '"') throw notJson();
    passText();
    expect(':');
  }

  /**
   * Checks that the text ends here.
   *
   * @throws Misfit if more than white space follows
   */
  void end() throws Misfit {
    if (next() != '\0' || at < text.length()) throw new Misfit("not JSON: there is more after the value");
  }
}
