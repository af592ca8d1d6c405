package dev.pinion.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types that a Java file declares, and where they hide others of the same name: everywhere in the file if they are
 * not nested, or else within the braces around them, and in the header if these are a record's.
 *
 * <p>Source: the Java Language Specification, section 6.3, "Scope of a Declaration".
 */
final class DeclaredTypes {
  private static final Pattern DECLARED = Pattern.compile(
      "(?<!\\p{javaJavaIdentifierPart})(?:class|interface|enum|record)\\s+(\\p{javaJavaIdentifierStart}"
          + "\\p{javaJavaIdentifierPart}*)");
  private static final Pattern RECORD = Pattern.compile("\\brecord\\s");

  private final Map<String, List<Scope>> scopes = new HashMap<>();

  /**
   * A part of a file.
   *
   * @param begin where it begins
   * @param end where it ends
   */
  private record Scope(int begin, int end) {
    boolean contains(int at) {
      return begin <= at && at < end;
    }

    int length() {
      return end - begin;
    }
  }

  private DeclaredTypes() {}

  /** Finds those of a code without comments and literals. */
  static DeclaredTypes of(String code) {
    List<Scope> blocks = blocks(code);
    Scope file = new Scope(0, code.length());
    DeclaredTypes types = new DeclaredTypes();
    for (Matcher each = DECLARED.matcher(code); each.find();) {
      int at = each.start();
      Scope block = blocks.stream().filter(one -> one.contains(at)).min(Comparator.comparingInt(Scope::length))
          .map(one -> withHeader(code, one)).orElse(file);
      types.scopes.computeIfAbsent(each.group(1), _ -> new ArrayList<>()).add(block);
    }
    return types;
  }

  private static List<Scope> blocks(String code) {
    List<Scope> blocks = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < code.length(); i++) {
      if (code.charAt(i) == '{') open.push(i);
      else if (code.charAt(i) == '}' && !open.isEmpty()) blocks.add(new Scope(open.pop(), i));
    }
    open.forEach(begin -> blocks.add(new Scope(begin, code.length())));
    return blocks;
  }

  private static Scope withHeader(String code, Scope block) {
    int begin = block.begin();
    while (begin > 0 && "{};".indexOf(code.charAt(begin - 1)) < 0) begin--;
    return RECORD.matcher(code.substring(begin, block.begin())).find() ? new Scope(begin, block.end()) : block;
  }

  /** Returns whether a name at a place in the code is one of these types. */
  boolean hides(String name, int at) {
    return scopes.getOrDefault(name, List.of()).stream().anyMatch(each -> each.contains(at));
  }
}
