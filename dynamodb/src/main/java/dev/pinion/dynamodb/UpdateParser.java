package dev.pinion.dynamodb;

import dev.pinion.dynamodb.ExpressionNode.Action;
import dev.pinion.dynamodb.ExpressionNode.Arithmetic;
import dev.pinion.dynamodb.ExpressionNode.Clause;
import dev.pinion.dynamodb.ExpressionNode.Path;
import dev.pinion.dynamodb.ExpressionNode.Term;
import dev.pinion.dynamodb.ExpressionNode.Value;
import dev.pinion.dynamodb.TermParser.Parsed;
import dev.pinion.dynamodb.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads updates and projections.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     DynamoDB: update expressions</a>
 */
final class UpdateParser {
  private final TokenReader in;
  private final TermParser terms;

  private UpdateParser(TokenReader in) {
    this.in = in;
    terms = new TermParser(in);
  }

  /** Reads a whole update. */
  static List<Action> parse(TokenReader in) {
    UpdateParser parser = new UpdateParser(in);
    List<Action> actions = new ArrayList<>();
    Set<Clause> clauses = EnumSet.noneOf(Clause.class);
    do {
      Clause clause = parser.clause();
      if (!clauses.add(clause)) {
        throw in.parameter().invalid(
            "The \"" + clause + "\" section can only be used once in an update expression;");
      }
      do {
        actions.add(parser.action(clause));
      } while (in.takes(","));
    } while (!in.peek().is(Kind.END));
    return actions;
  }

  /** Reads a whole projection. */
  static List<Path> projection(TokenReader in) {
    TermParser terms = new TermParser(in);
    List<Path> paths = new ArrayList<>();
    do {
      paths.add(terms.path());
    } while (in.takes(","));
    in.end();
    return paths;
  }

  private Clause clause() {
    return Stream.of(Clause.values()).filter(each -> in.takesKeyword(each.name())).findFirst()
        .orElseThrow(in::unexpected);
  }

  private Action action(Clause clause) {
    Path path = terms.path();
    return switch (clause) {
      case SET -> {
        in.symbol("=");
        yield new Action(clause, path, List.of(value().node()));
      }
      case REMOVE -> new Action(clause, path, List.of());
      case ADD, DELETE -> new Action(clause, path, List.of(new Value(in.take(Kind.VALUE_PLACEHOLDER).text())));
    };
  }

  /** Reads an operand or the sum or difference of two, which may be in parentheses. */
  private Parsed<ExpressionNode> value() {
    Parsed<ExpressionNode> left = parenthesized();
    if (!(left.node() instanceof Term operand) || (!in.isSymbol("+") && !in.isSymbol("-"))) {
      return left;
    }
    boolean plus = in.take().isSymbol("+");
    return new Parsed<>(new Arithmetic(plus, operand, terms.term()), false);
  }

  private Parsed<ExpressionNode> parenthesized() {
    if (!in.opens()) {
      return new Parsed<>(terms.plain(), false);
    }
    Parsed<ExpressionNode> inner = value();
    in.close();
    if (inner.parentheses()) {
      throw in.redundantParentheses();
    }
    return new Parsed<>(inner.node(), true);
  }
}
