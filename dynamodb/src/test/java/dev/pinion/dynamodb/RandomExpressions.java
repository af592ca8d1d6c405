package dev.pinion.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Expressions as texts, most of them valid. */
final class RandomExpressions {
  /** The names that placeholders stand for. */
  static final Map<String, String> NAMES =
      Map.of("#a", "a", "#name", "name", "#dot", "a.b", "#id", "id", "#m", "m", "#size", "size");
  private static final List<String> PLAIN = List.of("a", "b", "c", "m", "l", "n", "s", "ss", "bin", "flag", "gone");
  private static final List<String> ODD =
      List.of("name", "size", "id", "pos", "#none", "Status", "in", "a_b", "x9", "#_", "_x");
  private static final List<String> VALUES =
      List.of(":n", ":n2", ":s", ":s2", ":b", ":t", ":z", ":l", ":l2", ":m", ":ss", ":ns", ":bs", ":type");
  private static final List<String> CONDITION_FUNCTIONS =
      List.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size");
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TOKENS =
      List.of(
          "(", ")", ",", ".", "[", "]", "=", "<>", "<", "+", "-", "AND", "or", "NOT", "IN", "between", "SET", "remove",
          ":n", ":", "#a", "#", "a", "0", "01", "99999999999", "size", "\"x\"", "'", "@", "é", "/", "_", ";",
          "AND AND");

  final Random random;

  RandomExpressions(Random random) {
    this.random = random;
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String joined(int most, String between, Supplier<String> part) {
    return java.util.stream.Stream.generate(part).limit(random.nextInt(1, most + 1))
        .collect(Collectors.joining(between));
  }

  private String name() {
    int kind = random.nextInt(100);
    return kind < 70 ? one(PLAIN) : kind < 98 ? one(List.copyOf(NAMES.keySet())) : one(ODD);
  }

  private String path() {
    StringBuilder path = new StringBuilder(name());
    while (chance(25)) {
      path.append(chance(50) ? "." + name() : "[" + random.nextInt(4) + "]");
    }
    return path.toString();
  }

  private String value() {
    return chance(1) ? ":none" : one(VALUES);
  }

  private String operand(int depth) {
    int kind = random.nextInt(100);
    if (kind < 50) return path();
    if (kind < 85) return value();
    if (kind < 94 || depth == 0) return "size(" + (chance(90) ? path() : value()) + ")";
    return kind < 98 ? "(" + operand(depth - 1) + ")" : function(CONDITION_FUNCTIONS, depth - 1);
  }

  /** An operand that has an order, mostly. */
  private String ordered() {
    int kind = random.nextInt(100);
    if (kind < 5) return operand(1);
    return kind < 50 ? path() : kind < 90 ? one(List.of(":n", ":n2", ":s", ":s2", ":b")) : "size(" + path() + ")";
  }

  private String function(List<String> functions, int depth) {
    String function = one(functions);
    int arguments = function.startsWith("attribute_e") || function.startsWith("attribute_n") || function.equals("size")
        ? 1
        : 2;
    if (chance(3)) arguments = random.nextInt(1, 4);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < arguments; i++) {
      all.add(
          i == 0 && chance(95) ? path()
              : function.equals("attribute_type") && chance(95) ? ":type"
                  : function.equals("begins_with") ? ordered() : operand(Math.max(depth, 0)));
    }
    return function + blank() + "(" + String.join("," + blank(), all) + ")";
  }

  private String blank() {
    return chance(80) ? "" : one(List.of(" ", "  ", "\n", "\t"));
  }

  String condition(int depth) {
    int kind = random.nextInt(depth > 0 ? 100 : 60);
    if (kind < 15) return operand(1) + one(List.of(" = ", " <> ", "=", "<>")) + blank() + operand(1);
    if (kind < 30) return ordered() + " " + one(COMPARISONS) + blank() + ordered();
    if (kind < 36) return ordered() + one(List.of(" BETWEEN ", " between ")) + ordered() + " AND " + ordered();
    if (kind < 42) return operand(1) + " IN " + blank() + "(" + joined(4, ", ", () -> operand(1)) + ")";
    if (kind < 60) return function(chance(97) ? CONDITION_FUNCTIONS : List.of("if_not_exists", "foo", "Size"), 1);
    if (kind < 75) return condition(depth - 1) + one(List.of(" AND ", " and ")) + condition(depth - 1);
    if (kind < 84) return condition(depth - 1) + " OR " + condition(depth - 1);
    if (kind < 91) return one(List.of("NOT ", "not ")) + condition(depth - 1);
    return "(" + condition(depth - 1) + ")";
  }

  String projection() {
    return joined(4, "," + blank(), this::path);
  }

  String update() {
    List<String> clauses = new ArrayList<>(List.of("SET", "REMOVE", "ADD", "DELETE"));
    StringBuilder update = new StringBuilder();
    do {
      String clause = chance(97) ? clauses.remove(random.nextInt(clauses.size())) : "SET";
      update.append(update.isEmpty() ? "" : " ").append(chance(80) ? clause : clause.toLowerCase(java.util.Locale.ROOT))
          .append(' ').append(joined(3, ", ", () -> action(clause)));
    } while (!clauses.isEmpty() && chance(30));
    return update.toString();
  }

  private String action(String clause) {
    return switch (clause) {
      case "SET" -> path() + blank() + "=" + blank() + setValue();
      case "REMOVE" -> path();
      case "ADD" -> path() + " " + (chance(60) ? one(List.of(":n", ":ss", ":ns", ":bs")) : value());
      default -> path() + " " + (chance(60) ? one(List.of(":ss", ":ns", ":bs")) : value());
    };
  }

  private String setValue() {
    int kind = random.nextInt(100);
    if (kind < 60) return setOperand(2);
    String sum = setOperand(1) + one(List.of(" + ", " - ", "+", "-")) + setOperand(1);
    return kind < 92 ? sum : kind < 97 ? "(" + sum + ")" : sum + " + " + setOperand(1);
  }

  private String setOperand(int depth) {
    int kind = random.nextInt(depth > 0 ? 100 : 70);
    if (kind < 30) return path();
    if (kind < 70) return chance(60) ? one(List.of(":n", ":n2")) : value();
    if (kind < 82) return "if_not_exists(" + path() + ", " + setOperand(depth - 1) + ")";
    if (kind < 94) return "list_append(" + list(depth) + ", " + list(depth) + ")";
    return kind < 97 ? "(" + setOperand(depth - 1) + ")" : function(CONDITION_FUNCTIONS, 0);
  }

  private String list(int depth) {
    return chance(60) ? one(List.of(":l", ":l2", "l")) : setOperand(depth - 1);
  }

  String keyCondition() {
    String hash = one(List.of("id", "#id")) + " = :id";
    if (chance(15)) hash = one(List.of(":id = id", "id < :id", "id = :n", "(id = :id)", "id IN (:id)", "a = :id"));
    if (chance(25)) return hash;
    String range = chance(80)
        ? one(
            List.of(
                "pos = :n", "pos < :n2", "pos >= :n", "pos BETWEEN :n AND :n2", ":n <= pos", "(pos > :n)",
                "pos BETWEEN :n2 AND :n"))
        : one(
            List.of(
                "begins_with(pos, :n)", "pos = :s", "pos <> :n", "NOT pos = :n", "pos IN (:n)", "size(pos) = :n",
                "attribute_exists(pos)", "pos = a", "pos.x = :n", "a = :n", "pos = size(a)", ":n = :n2", "pos = :none",
                "begins_with(:s, pos)", ":n BETWEEN pos AND :n2", "id = :id", "begins_with(pos)",
                "begins_with(pos, :n, :n2)", "begins_with(pos, size(a))", "contains(pos)", "size(pos, :n) = :n"));
    return chance(70) ? hash + " AND " + range : chance(70) ? range + " AND " + hash : hash + " OR " + range;
  }

  /** Returns an expression with something wrong, most likely. */
  String broken(String expression) {
    List<String> tokens = new ArrayList<>(List.of(expression.split("(?<=\\W)|(?=\\W)")));
    for (int i = random.nextInt(1, 3); i > 0 && !tokens.isEmpty(); i--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(5)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, one(TOKENS));
        case 2 -> tokens.set(at, one(TOKENS));
        case 3 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        default -> tokens.subList(at, tokens.size()).clear();
      }
    }
    return String.join("", tokens);
  }
}
