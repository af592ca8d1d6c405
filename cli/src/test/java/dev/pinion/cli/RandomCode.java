package dev.pinion.cli;

import java.util.List;
import java.util.Random;

/// Random members, statements and expressions of a program whose classes are called C0, C1, ...
final class RandomCode {
  private static final List<String> NAMES = List.of("x", "y", "m", "n", "K", "m", "n");
  private static final List<String> LITERALS = List.of("1", "2", "3L", "\"a\"", "null", "true", "'c'", "1.5");
  private static final List<String> LAMBDAS = List.of("() -> 1", "a -> a", "a -> {}", "(a, b) -> a", "() -> {}");
  private static final int DEEPEST = 3;

  private final Random random;
  private final int classes;
  private int uses;

  RandomCode(Random random, int classes) {
    this.random = random;
    this.classes = classes;
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  String name() {
    return one(NAMES);
  }

  /// Returns the name of a class, which may not exist.
  String type() {
    return "C" + random.nextInt(classes);
  }

  /// Returns a class as it stands where a type does.
  String reference() {
    String type = type();
    return switch (random.nextInt(8)) {
      case 0 -> one(List.of("p.", "q.")) + type;
      case 1 -> type + "<String>";
      case 2 -> type + ".Inner";
      default -> type;
    };
  }

  /// Returns the type of a member.
  String simple() {
    return one(List.of("int", "long", "String", "Object", "void", "boolean", "int[]", reference(), reference()));
  }

  /// Returns a member of a class.
  String member(String access, String kind, String owner) {
    String mark = switch (random.nextInt(24)) {
      case 0 -> "@Deprecated ";
      case 1 -> "@SafeVarargs ";
      case 2 -> "@Override ";
      case 3 -> "@" + type() + " ";
      default -> "";
    };
    String about = mark + access + one(List.of("", "", "", "static ", "static ", "final "));
    boolean abstracts = kind.equals("interface") || kind.equals("@interface");
    return switch (random.nextInt(16)) {
      case 0, 1 -> about + simple() + " " + name() + " = " + expression(1) + ";";
      case 2 ->
          access.replace("default ", "") + "static final " + one(List.of("int", "String", "long", "boolean")) + " "
              + one(List.of("K", "x", "y")) + " = " + one(List.of(one(LITERALS), one(LITERALS), type() + ".K", "K + 1"))
              + ";";
      case 3, 4, 5 -> about + generic() + simple() + " " + name() + "(" + parameters() + ")" + thrown()
          + " { return " + expression(2) + "; }";
      case 6 -> about + "void " + name() + "(" + parameters() + ")" + thrown() + " {}";
      case 7 ->
          (abstracts ? "" : "abstract " + access.replace("private ", "")) + generic() + simple() + " " + name() + "("
              + parameters() + ")" + thrown() + ";";
      case 8 -> access + owner + "(" + parameters() + ")" + thrown() + " {}";
      case 9 -> nested(access);
      case 10 -> "public static " + type() + " make() { return null; }";
      case 11 -> "public void close()" + thrown() + " {}";
      default -> use();
    };
  }

  /// Returns a method that uses other classes.
  String use() {
    return "static Object u" + uses++ % 40 + "()" + one(List.of("", " throws Exception")) + " { " + statement(0)
        + " return null; }";
  }

  /// Returns an object of a class, which is not named.
  private String made() {
    return "C0.c" + random.nextInt(classes) + "()";
  }

  private String generic() {
    return one(List.of("", "", "", "", "<V> ", "<V extends " + type() + "> "));
  }

  private String thrown() {
    return one(List.of("", "", "", "", " throws Exception", " throws java.io.IOException"));
  }

  private String parameters() {
    return switch (random.nextInt(6)) {
      case 0 -> one(List.of("int", "long", "String", "Object")) + " a";
      case 1 -> reference() + " a";
      case 2 -> one(List.of("int... a", "Object... a", "int a, " + reference() + " b"));
      default -> "";
    };
  }

  private String nested(String access) {
    return access + one(List.of(
        "static class Inner extends " + reference() + " { Object u() { return " + expression(2) + "; } }",
        "class Inner { int x; int m() { return 1; } }",
        "static class Inner { static final int K = 1; private int x; }",
        "record Inner(int x) implements " + reference() + " {}",
        "record Inner(long x, int y) {}",
        "interface Inner { int m(); }",
        "interface Inner { int m(int a); default int n() { return 2; } }",
        "enum Inner { A, B }",
        "sealed interface Inner { record One() implements Inner {} record Two() implements Inner {} }"));
  }

  private String statement(int depth) {
    String value = expression(depth);
    return switch (random.nextInt(depth > 1 ? 6 : 15)) {
      case 0, 1 -> "Object o = " + value + ";";
      case 2 -> "var o = " + value + ";";
      case 3 -> call(depth) + ";";
      case 4 -> reference() + " o = " + value + ";";
      case 5 -> "int o = " + value + ";";
      case 6, 7 -> "if (false) { " + statement(depth + 1) + " }";
      case 8 -> "if (" + type() + ".K) { " + statement(depth + 1) + " }";
      case 9 -> "try (var r = " + value + ") { }";
      case 10 -> "for (var e : " + value + ") { " + statement(depth + 1) + " }";
      case 11 -> "switch (" + value + ") { case A -> {} case B -> {} }";
      case 12 ->
          "int i = switch (" + value + ") { case " + reference() + " a -> 1; case " + reference() + " b -> 2; };";
      case 13 -> "class L extends " + reference() + " { Object u() { return " + expression(2) + "; } }";
      default -> "try { " + statement(depth + 1) + " } catch (java.io.IOException e) {}";
    };
  }

  private String call(int depth) {
    return expression(depth + 1) + "." + one(List.of("m", "n", "make")) + "(" + arguments(depth) + ")";
  }

  private String arguments(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> expression(depth + 1);
      case 1 -> one(LAMBDAS);
      case 2 -> type() + "::" + one(List.of("m", "n", "new"));
      default -> "";
    };
  }

  private String expression(int depth) {
    if (depth > DEEPEST) return one(LITERALS);
    return switch (random.nextInt(20)) {
      case 0, 1 -> one(LITERALS);
      case 16, 17 -> made() + ".m(" + arguments(depth) + ")";
      case 18, 19 -> made() + ".x";
      case 2 -> name();
      case 3 -> name() + "(" + arguments(depth) + ")";
      case 4, 5 -> type() + "." + name();
      case 6 -> type() + "." + name() + "(" + arguments(depth) + ")";
      case 7 -> "new " + reference() + "(" + arguments(depth) + ")";
      case 8 -> "new " + reference() + "() { int m() { return 1; } }";
      case 9, 10 -> made();
      case 11 -> expression(depth + 1) + "." + one(NAMES);
      case 12 -> call(depth);
      case 13 -> "(true ? " + expression(depth + 1) + " : " + expression(depth + 1) + ")";
      case 14 -> "(" + reference() + ") " + one(List.of("null", made()));
      default -> "((" + type() + ") null)." + name();
    };
  }
}
