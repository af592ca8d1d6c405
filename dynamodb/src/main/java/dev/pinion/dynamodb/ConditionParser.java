package dev.pinion.dynamodb;

import dev.pinion.Condition.Comparison;
import dev.pinion.dynamodb.ExpressionNode.And;
import dev.pinion.dynamodb.ExpressionNode.Between;
import dev.pinion.dynamodb.ExpressionNode.Call;
import dev.pinion.dynamodb.ExpressionNode.Compare;
import dev.pinion.dynamodb.ExpressionNode.In;
import dev.pinion.dynamodb.ExpressionNode.Not;
import dev.pinion.dynamodb.ExpressionNode.Or;
import dev.pinion.dynamodb.ExpressionNode.Term;
import dev.pinion.dynamodb.TermParser.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads conditions. {@code NOT} binds more tightly than {@code AND}, and {@code AND} more than {@code OR}.
 *
 * <p>Parentheses may surround a condition or an operand; which of them shows behind the closing one. So each method
 * may return a {@link Term} that is not a condition yet.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     DynamoDB: the syntax of condition and filter expressions</a>
 */
final class ConditionParser {
  private final TokenReader in;
  private final TermParser terms;

  private ConditionParser(TokenReader in) {
    this.in = in;
    terms = new TermParser(in);
  }

  /** Reads a whole expression. */
  static ExpressionNode parse(TokenReader in) {
    ExpressionNode condition = new ConditionParser(in).condition();
    in.end();
    return condition;
  }

  private ExpressionNode condition() {
    return condition(or().node());
  }

  /** A function is a condition, a path or value is not. */
  private ExpressionNode condition(ExpressionNode node) {
    if (node instanceof Term && !(node instanceof Call)) {
      throw in.unexpected();
    }
    return node;
  }

  private Parsed<ExpressionNode> or() {
    Parsed<ExpressionNode> left = and();
    if (!in.peek().isKeywordOf("OR")) {
      return left;
    }
    ExpressionNode first = condition(left.node());
    in.take();
    return new Parsed<>(new Or(first, condition(or().node())), false);
  }

  private Parsed<ExpressionNode> and() {
    Parsed<ExpressionNode> left = not();
    if (!in.peek().isKeywordOf("AND")) {
      return left;
    }
    ExpressionNode first = condition(left.node());
    in.take();
    return new Parsed<>(new And(first, condition(and().node())), false);
  }

  private Parsed<ExpressionNode> not() {
    if (!in.takesKeyword("NOT")) {
      return comparison();
    }
    in.enter();
    Not negated = new Not(condition(not().node()));
    in.leave();
    return new Parsed<>(negated, false);
  }

  private Parsed<ExpressionNode> comparison() {
    Parsed<ExpressionNode> left = primary();
    if (!(left.node() instanceof Term operand)) {
      return left;
    }
    Optional<Comparison> comparison =
        Stream.of(Comparison.values()).filter(each -> in.isSymbol(each.operator())).findFirst();
    if (comparison.isPresent()) {
      in.take();
      return new Parsed<>(new Compare(operand, comparison.get(), terms.term()), false);
    } else if (in.takesKeyword("BETWEEN")) {
      return new Parsed<>(between(operand), false);
    } else if (in.takesKeyword("IN")) {
      return new Parsed<>(in(operand), false);
    }
    return left;
  }

  private Between between(Term operand) {
    Term low = terms.term();
    if (!in.takesKeyword("AND")) {
      throw in.unexpected();
    }
    return new Between(operand, low, terms.term());
  }

  private In in(Term operand) {
    List<Term> candidates = new ArrayList<>();
    in.symbol("(");
    do {
      candidates.add(terms.term());
    } while (in.takes(","));
    in.symbol(")");
    return new In(operand, List.copyOf(candidates));
  }

  private Parsed<ExpressionNode> primary() {
    if (!in.opens()) {
      return new Parsed<>(terms.plain(), false);
    }
    Parsed<ExpressionNode> inner = or();
    in.close();
    if (inner.parentheses()) {
      throw in.redundantParentheses();
    }
    return new Parsed<>(inner.node(), true);
  }
}
