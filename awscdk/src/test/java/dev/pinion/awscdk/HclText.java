package dev.pinion.awscdk;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Evaluates the templates that a module of Pinion's has.
final class HclText {
  private final String text;
  private final UnaryOperator<String> reference;
  private int at;

  private HclText(String text, UnaryOperator<String> reference) {
    this.text = text;
    this.reference = reference;
  }

  /// The value of a template whose references have values.
  static String of(String template, UnaryOperator<String> reference) {
    HclText hcl = new HclText(template, reference);
    String value = hcl.template(false);
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
    assert skip("}") : text.substring(at);
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
    if (!skip(" == ")) return value;
    boolean same = value.equals(operand());
    assert skip(" ? ") : text.substring(at);
    Object one = operand();
    assert skip(" : ") : text.substring(at);
    Object other = operand();
    return same ? one : other;
  }

  private Object operand() {
    if (skip("[")) return list();
    if (skip("\"")) {
      String value = template(true);
      assert skip("\"") : text;
      return value;
    }
    if (skip("{")) return object();
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "_.-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String name = text.substring(start, at);
    if (skip("[")) list();
    return skip("(") ? call(name) : name.matches("[0-9]+") ? name : reference.apply(name);
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
      String name = string(value());
      assert skip(" = ") : text.substring(at);
      object.put(name, value());
    }
    return object;
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
      case "nonsensitive", "try" -> arguments.getFirst();
      case "substr" -> "<part of " + arguments.getFirst() + ">";
      case "length" -> "<length>";
      case "replace" ->
          string(arguments.getFirst()).replace(string(arguments.get(1)), string(arguments.getLast()));
      case "lower" -> string(arguments.getFirst()).toLowerCase(Locale.ROOT);
      case "sha256" -> "<digest of " + arguments.getFirst() + ">";
      case "trimprefix" -> string(arguments.getFirst()).substring(string(arguments.getLast()).length());
      default -> throw new AssertionError(function);
    };
  }

  /// The partition or the account in an ARN; or how a secret is read and what of it, which follows from its ARN.
  private String part(String arn) {
    if (skip("[1]")) return "<partition>";
    if (skip("[4]")) return "<account>";
    assert skip("[2] == \"ssm\" ? ") : text.substring(at);
    Object parameter = operand();
    assert skip(" : ") : text.substring(at);
    Object secret = operand();
    if (secret.equals("secretsmanager:GetSecretValue")) return "<how " + arn + " is read>";
    assert parameter.equals(List.of(arn)) && secret.equals(List.of(arn, arn + "-??????")) : secret;
    return arn + ", " + arn + "-?????? unless a parameter";
  }

  private boolean skip(String expected) {
    if (!text.startsWith(expected, at)) return false;
    at += expected.length();
    return true;
  }
}
