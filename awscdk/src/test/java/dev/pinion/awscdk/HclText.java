package dev.pinion.awscdk;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/// Evaluates the templates that a module of Pinion's has. Values are texts, also of numbers and flags, lists and maps.
final class HclText {
  /// What a map or a list does not have, and what is made of that.
  private static final Object MISSING = "(missing)";

  private final String text;
  private final Names names;
  private final Map<String, Object> bound = new HashMap<>();
  private int at;

  /// What the names in a template are.
  interface Names {
    /// The value of a name; the empty one's is that of no name.
    Object value(String name);

    /// The values of an attribute of those resources at an address that are there, by their keys.
    Map<String, Object> attributes(String address, String attribute);

    /// The values that names have, whose members may follow: such as `each.value`.
    Map<String, Object> known();
  }

  private HclText(String text, Names names) {
    this.text = text;
    this.names = names;
  }

  /// The text that a template is.
  static String of(String template, Names names) {
    HclText hcl = new HclText(template, names);
    String value = hcl.template(false);
    assert hcl.at == template.length() : template;
    return value;
  }

  /// The value of a template that is one expression.
  static Object value(String template, Names names) {
    HclText hcl = new HclText(template, names);
    hcl.expect("${");
    Object value = hcl.interpolated();
    assert hcl.at == template.length() : template;
    return value;
  }

  private String template(boolean quoted) {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && !(quoted && text.charAt(at) == '"')) {
      if (skip("$${")) value.append("${");
      else if (skip("%%{")) value.append("%{");
      else if (skip("${")) value.append(string(interpolated()));
      else if (quoted && skip("\\")) value.append(escaped(text.charAt(at++)));
      else value.append(text.charAt(at++));
    }
    return value.toString();
  }

  private Object interpolated() {
    Object value = value();
    expect("}");
    return value;
  }

  private static String string(Object value) {
    assert value instanceof String : value;
    return (String) value;
  }

  private static char escaped(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private Object value() {
    Object value = operand();
    while (skip(" - ")) {
      operand();
    }
    if (skip(" == ")) value = flag(value.equals(operand()));
    else if (skip(" != ")) value = flag(!value.equals(operand()));
    if (!skip(" ? ")) return value;
    Object one = value();
    expect(" : ");
    Object other = value();
    return value.equals("true") ? one : other;
  }

  private static String flag(boolean value) {
    return String.valueOf(value);
  }

  private Object operand() {
    if (skip("!")) return flag(!operand().equals("true"));
    if (skip("[")) return skip("for ") ? listOfAll() : list();
    if (skip("\"")) {
      String value = template(true);
      expect("\"");
      return value;
    }
    if (skip("{")) return skip("for ") ? mapOfAll() : indexed(object());
    String name = name();
    if (skip("(")) return call(name);
    return name.matches("[0-9]+|true|false") ? name : named(name);
  }

  /// Names of attributes follow after dots; three dots are something else.
  private String name() {
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0
        || isDot(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean isDot(int place) {
    return text.startsWith(".", place) && place + 1 < text.length()
        && (Character.isLetter(text.charAt(place + 1)) || text.charAt(place + 1) == '_');
  }

  private Object named(String name) {
    Map<String, Object> known = new HashMap<>(names.known());
    known.putAll(bound);
    String start = name;
    while (!known.containsKey(start) && start.contains(".")) {
      start = start.substring(0, start.lastIndexOf('.'));
    }
    if (!known.containsKey(start)) return resource(name);
    return indexed(members(requireNonNull(known.get(start)), name.substring(start.length())));
  }

  /// What the indexes behind a value lead to.
  private Object indexed(Object of) {
    Object value = of;
    while (skip("[")) {
      Object key = value();
      expect("]");
      value = members(member(value, string(key)), name());
    }
    return value;
  }

  private Object resource(String name) {
    if (!skip("[")) return names.value(name);
    if (skip("*]")) return List.copyOf(names.attributes(name, name().substring(1)).values());
    String key = string(value());
    expect("]");
    if (!isDot(at)) return names.value(name);
    StringBuilder attribute = new StringBuilder(name().substring(1));
    while (skip("[0]")) {
      attribute.append(name());
    }
    return names.attributes(name, attribute.toString()).getOrDefault(key, MISSING);
  }

  private static Object members(Object value, String path) {
    Object member = value;
    for (String each : path.split("\\.", -1)) {
      if (!each.isEmpty()) member = member(member, each);
    }
    return member;
  }

  private static Object member(Object value, String key) {
    return switch (value) {
      case Map<?, ?> map -> map.containsKey(key) ? requireNonNull((Object) map.get(key)) : MISSING;
      case List<?> list -> Integer.parseInt(key) < list.size() ? list.get(Integer.parseInt(key)) : MISSING;
      default -> MISSING;
    };
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    while (!skip("]")) {
      skip(", ");
      list.add(value());
    }
    return list;
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    while (!skip("}")) {
      skip(", ");
      String name = text.charAt(at) == '"' ? string(value()) : name();
      expect(" = ");
      object.put(name, value());
    }
    return object;
  }

  private List<Object> listOfAll() {
    List<Object> list = new ArrayList<>();
    all(keep -> {
      Object value = value();
      if (kept() && keep) list.add(value);
      expect("]");
    });
    return list;
  }

  private Map<String, Object> mapOfAll() {
    Map<String, Object> map = new TreeMap<>();
    all(keep -> {
      String key = string(value());
      expect(" => ");
      Object value = value();
      boolean grouped = skip("...");
      if (kept() && keep) {
        if (grouped) group(map, key, value);
        else map.put(key, value);
      }
      expect("}");
    });
    return map;
  }

  @SuppressWarnings("unchecked")
  private static void group(Map<String, Object> map, String key, Object value) {
    ((List<Object>) map.computeIfAbsent(key, _ -> new ArrayList<>())).add(value);
  }

  private boolean kept() {
    return !skip(" if ") || value().equals("true");
  }

  /// What evaluates the body of a loop for one element.
  private interface Body {
    void evaluate(boolean keep);
  }

  /// Evaluates the body of a loop for each element, and for one that is missing if there is none.
  private void all(Body body) {
    List<String> variables = new ArrayList<>(List.of(name()));
    if (skip(", ")) variables.add(name());
    expect(" in ");
    Object all = value();
    expect(" : ");
    int start = at;
    List<Map.Entry<String, Object>> elements = elements(all);
    boolean empty = elements.isEmpty();
    for (var each : empty ? List.of(Map.entry("", MISSING)) : elements) {
      at = start;
      bound.put(variables.getLast(), each.getValue());
      if (variables.size() > 1) bound.put(variables.getFirst(), each.getKey());
      body.evaluate(!empty);
    }
    variables.forEach(bound::remove);
  }

  private static List<Map.Entry<String, Object>> elements(Object all) {
    List<Map.Entry<String, Object>> elements = new ArrayList<>();
    if (all instanceof Map<?, ?> map) {
      new TreeMap<>(map).forEach((key, value) -> elements.add(Map.entry(String.valueOf(key), (Object) value)));
    } else if (all instanceof List<?> list) {
      list.forEach(value -> elements.add(Map.entry("", (Object) value)));
    }
    return elements;
  }

  private Object call(String function) {
    List<Object> arguments = new ArrayList<>();
    while (!skip(")")) {
      skip(", ");
      arguments.add(value());
    }
    return switch (function) {
      case "jsonencode" -> new GsonBuilder().disableHtmlEscaping().create().toJson(arguments.getFirst());
      case "lookup" -> arguments.getLast();
      case "filebase64sha256" -> "<hash of " + arguments.getFirst() + ">";
      case "split" -> part(string(arguments.getLast()));
      case "nonsensitive" -> arguments.getFirst();
      case "try" -> arguments.getFirst().equals(MISSING) ? arguments.getLast() : arguments.getFirst();
      case "substr" -> "<part of " + arguments.getFirst() + ">";
      case "length" -> "<length>";
      case "replace" ->
          string(arguments.getFirst()).replace(string(arguments.get(1)), string(arguments.getLast()));
      case "lower" -> string(arguments.getFirst()).toLowerCase(Locale.ROOT);
      case "sha256" -> "<digest of " + arguments.getFirst() + ">";
      case "trimprefix" -> string(arguments.getFirst()).substring(string(arguments.getLast()).length());
      default -> ofCollections(function, arguments);
    };
  }

  private static Object ofCollections(String function, List<Object> arguments) {
    List<Object> elements = elements(arguments.getLast()).stream().map(Map.Entry::getValue).toList();
    return switch (function) {
      case "keys" -> elements(arguments.getLast()).stream().map(Map.Entry::getKey).toList();
      case "values" -> elements;
      case "contains" -> flag(((List<?>) arguments.getFirst()).contains(arguments.getLast()));
      case "compact" -> elements.stream().filter(each -> !each.equals("")).toList();
      case "flatten" -> elements.stream().flatMap(each -> ((List<?>) each).stream()).toList();
      case "join" ->
          elements.stream().map(String::valueOf).collect(Collectors.joining(string(arguments.getFirst())));
      default -> throw new AssertionError(function);
    };
  }

  /// The partition or the account in an ARN; or how a secret is read and what of it, which follows from its ARN.
  private String part(String arn) {
    if (skip("[1]")) return "<partition>";
    if (skip("[4]")) return "<account>";
    expect("[2] == \"ssm\" ? ");
    Object parameter = operand();
    expect(" : ");
    Object secret = operand();
    if (secret.equals("secretsmanager:GetSecretValue")) return "<how " + arn + " is read>";
    assert parameter.equals(List.of(arn)) && secret.equals(List.of(arn, arn + "-??????")) : secret;
    return arn + ", " + arn + "-?????? unless a parameter";
  }

  private void expect(String expected) {
    assert skip(expected) : expected + " at " + text.substring(at) + " in " + text;
  }

  private boolean skip(String expected) {
    if (!text.startsWith(expected, at)) return false;
    at += expected.length();
    return true;
  }
}
