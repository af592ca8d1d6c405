package dev.pinion.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression that computes the route key of a message from its body. It is a sequence of texts and JSON paths; their
 * values are concatenated.
 *
 * <p>A path is written as {@code $request.body.action} or {@code ${request.body.action}}. An expression may have
 * several paths, with text between them, or only text; {@code \$} is a dollar sign. {@code request.body} is followed by
 * {@code .name}, {@code ['any name']} and {@code [0]}. Without braces, a name consists of letters, digits, {@code _}
 * and {@code -}, and any other character ends the path. JSON path's wildcards, slices and filters are not supported and
 * are refused, as are variables other than the body: API Gateway documents none for WebSocket APIs.
 *
 * @param parts the texts and paths in their order, at least one
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html">API
 *     Gateway: route selection expressions</a>
 */
public record RouteSelectionExpression(List<Part> parts) {
  public RouteSelectionExpression {
    parts = List.copyOf(parts);
  }

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException if it is malformed; the message quotes it, and says where it is wrong and what is
   *     allowed
   */
  public static RouteSelectionExpression parse(String expression) {
    return new RouteSelectionExpression(new Parser(expression).parts());
  }

  /** A part of the expression. */
  public sealed interface Part {}

  /** A text that is part of every key. */
  public record Text(String text) implements Part {}

  /** A place in the body whose value is part of the key; the whole body if there are no steps. */
  public record BodyPath(List<Step> steps) implements Part {
    public BodyPath {
      steps = List.copyOf(steps);
    }
  }

  /** One step of a path into the body. */
  public sealed interface Step {}

  /** A step to a member of an object. */
  public record Member(String name) implements Step {}

  /** A step to an element of an array; the first is 0. */
  public record Element(int index) implements Step {}

  /** Reads one expression, once. */
  private static final class Parser {
    private static final String BODY = "request.body";
    private static final String ALLOWED =
        "; allowed are $request.body.name, ${request.body.name}, text, and \\$ for a dollar sign";

    private final String expression;
    private int at;

    Parser(String expression) {
      this.expression = expression;
    }

    List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      while (at < expression.length()) {
        if (skip("\\$")) {
          text.append('$');
        } else if (!skip("$")) {
          text.append(plain());
        } else {
          flush(text, parts);
          parts.add(variable());
        }
      }
      flush(text, parts);
      if (parts.isEmpty()) throw wrong("it is empty");
      return parts;
    }

    private static void flush(StringBuilder text, List<Part> parts) {
      if (!text.isEmpty()) {
        parts.add(new Text(text.toString()));
        text.setLength(0);
      }
    }

    private char plain() {
      char next = expression.charAt(at);
      if (next == '\\') throw wrong("a backslash is only for a dollar sign");
      if (next == '{' || next == '}') throw wrong("a brace is only for a variable, after its dollar sign");
      at++;
      return next;
    }

    private BodyPath variable() {
      boolean braces = skip("{");
      if (!skip(BODY)) throw wrong("only request.body can follow a dollar sign");
      List<Step> steps = new ArrayList<>();
      while (at < expression.length()) {
        if (skip(".")) {
          steps.add(new Member(name(braces)));
        } else if (skip("[")) {
          steps.add(bracket());
        } else {
          break;
        }
      }
      if (braces && !skip("}")) throw wrong("'.', '[' or '}' is missing");
      boolean runsOn = !braces && at < expression.length() && nameCharacter(false);
      if (runsOn) throw wrong("'.' or '[' is missing");
      return new BodyPath(steps);
    }

    private String name(boolean braces) {
      int start = at;
      while (at < expression.length() && nameCharacter(braces)) {
        at++;
      }
      if (at == start) throw wrong("a name is missing");
      return expression.substring(start, at);
    }

    private boolean nameCharacter(boolean braces) {
      char next = expression.charAt(at);
      if (Character.isLetterOrDigit(next) || Character.isSurrogate(next) || next == '_' || next == '-') return true;
      return braces && ".[]{}()*?,'\"\\$".indexOf(next) < 0 && !Character.isWhitespace(next);
    }

    private Step bracket() {
      Step step;
      if (skip("'")) {
        step = new Member(quoted('\''));
      } else if (skip("\"")) {
        step = new Member(quoted('"'));
      } else {
        step = new Element(index());
      }
      if (!skip("]")) throw wrong("']' is missing");
      return step;
    }

    private String quoted(char quote) {
      int end = expression.indexOf(quote, at);
      if (end < 0) throw wrong("the closing quote is missing");
      String name = expression.substring(at, end);
      at = end + 1;
      return name;
    }

    private int index() {
      int start = at;
      while (at < expression.length() && expression.charAt(at) >= '0' && expression.charAt(at) <= '9') {
        at++;
      }
      try {
        return Integer.parseInt(expression.substring(start, at));
      } catch (NumberFormatException none) {
        at = start;
        IllegalArgumentException wrong = wrong("an index or a quoted name is missing");
        wrong.initCause(none);
        throw wrong;
      }
    }

    private boolean skip(String text) {
      boolean here = expression.startsWith(text, at);
      if (here) at += text.length();
      return here;
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(
          "route selection expression '" + expression + "', at character " + (at + 1) + ": " + what + ALLOWED);
    }
  }
}
