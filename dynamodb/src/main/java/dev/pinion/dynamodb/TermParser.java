package dev.pinion.dynamodb;

import dev.pinion.dynamodb.ExpressionNode.Call;
import dev.pinion.dynamodb.ExpressionNode.Element;
import dev.pinion.dynamodb.ExpressionNode.Path;
import dev.pinion.dynamodb.ExpressionNode.Term;
import dev.pinion.dynamodb.ExpressionNode.Value;
import dev.pinion.dynamodb.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads the paths, values and functions of expressions. */
final class TermParser {
  private final TokenReader in;

  TermParser(TokenReader in) {
    this.in = in;
  }

  /**
   * What was read, and whether it is in parentheses.
   *
   * @param <T> what can be read
   */
  record Parsed<T extends ExpressionNode>(T node, boolean parentheses) {}

  /** Reads a path, a value, a function, or one of these in parentheses. */
  Term term() {
    return parsed().node();
  }

  private Parsed<Term> parsed() {
    if (!in.opens()) {
      return new Parsed<>(plain(), false);
    }
    Parsed<Term> inner = parsed();
    in.close();
    if (inner.parentheses()) {
      throw in.redundantParentheses();
    }
    return new Parsed<>(inner.node(), true);
  }

  /** Reads a path, a value or a function. */
  Term plain() {
    if (in.peek().is(Kind.VALUE_PLACEHOLDER)) {
      return new Value(in.take().text());
    } else if (in.peek().is(Kind.NAME) && in.isSymbolBehind("(")) {
      return call();
    }
    return path();
  }

  private Call call() {
    String function = in.take().text();
    List<Term> arguments = new ArrayList<>();
    in.symbol("(");
    in.enter();
    do {
      arguments.add(term());
    } while (in.takes(","));
    in.close();
    return new Call(function, List.copyOf(arguments));
  }

  /** Reads a document path. */
  Path path() {
    List<Element> elements = new ArrayList<>();
    elements.add(name());
    while (true) {
      if (in.takes(".")) {
        elements.add(name());
      } else if (in.takes("[")) {
        elements.add(new Element(in.take(Kind.INDEX)));
        in.symbol("]");
      } else {
        return new Path(List.copyOf(elements));
      }
    }
  }

  private Element name() {
    if (!in.peek().is(Kind.NAME) && !in.peek().is(Kind.NAME_PLACEHOLDER)) {
      throw in.unexpected();
    }
    return new Element(in.take());
  }
}
