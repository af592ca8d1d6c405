package dev.pinion.dynamodb;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.dynamodb.ExpressionNode.Action;
import dev.pinion.dynamodb.ExpressionNode.Call;
import dev.pinion.dynamodb.ExpressionNode.Path;
import dev.pinion.dynamodb.ExpressionNode.Term;
import dev.pinion.dynamodb.ExpressionNode.Value;
import java.util.List;
import java.util.Optional;

/**
 * The expressions of one request: their texts become Pinion's conditions, updates and paths. Used by one thread.
 *
 * <p>What is checked here is what the texts alone can have wrong; the tables check the rest.
 */
final class RequestExpressions {
  private final Parameters request;
  private final Placeholders placeholders;

  /**
   * Starts to read a request's expressions.
   *
   * @param expressions the expressions that such a request may have
   */
  RequestExpressions(Parameters request, ExpressionParameter... expressions) {
    this.request = request;
    placeholders = Placeholders.of(request, expressions);
  }

  private Optional<TokenReader> reader(ExpressionParameter parameter) {
    Optional<String> text = request.text(parameter.parameter());
    text.ifPresent(placeholders::count);
    return text.map(each -> new TokenReader(parameter, each));
  }

  private ExpressionTerms terms(ExpressionParameter parameter) {
    return new ExpressionTerms(placeholders, parameter);
  }

  /** Reads a condition or a filter; empty if the request has none. */
  Optional<Condition> condition(ExpressionParameter parameter) {
    return parsed(parameter).map(node -> condition(node, terms(parameter)));
  }

  /** Parses a condition, a filter or a key condition. */
  private Optional<ExpressionNode> parsed(ExpressionParameter parameter) {
    Optional<ExpressionNode> node = reader(parameter).map(ConditionParser::parse);
    node.ifPresent(each -> {
      ExpressionTerms terms = terms(parameter);
      if (each instanceof Call call && ExpressionTerms.conditionFunctions().contains(call.function())) {
        terms.use(call, true);
      }
      terms.check(List.of(each));
    });
    return node;
  }

  /** Reads the key condition of a query; empty if the request has none. */
  Optional<KeyCondition> keyCondition() {
    ExpressionParameter parameter = ExpressionParameter.KEY_CONDITION;
    return parsed(parameter).map(node -> {
      ExpressionTerms terms = terms(parameter);
      var _ = condition(node, terms); // refuses what no condition may have, which comes first
      return KeyCondition.of(node, terms);
    });
  }

  /** Reads a projection; empty if the request has none. */
  List<Attribute> projection() {
    Optional<List<Path>> paths = reader(ExpressionParameter.PROJECTION).map(UpdateParser::projection);
    ExpressionTerms terms = terms(ExpressionParameter.PROJECTION);
    paths.ifPresent(terms::check);
    return paths.orElse(List.of()).stream().map(terms::attribute).toList();
  }

  /** Reads an update; empty if the request has none. */
  List<Update> update() {
    Optional<List<Action>> actions = reader(ExpressionParameter.UPDATE).map(UpdateParser::parse);
    ExpressionTerms terms = terms(ExpressionParameter.UPDATE);
    actions.ifPresent(terms::check);
    return actions.orElse(List.of()).stream().map(action -> update(action, terms)).toList();
  }

  /** Refuses names and values that no expression has used. Called after all expressions have been read. */
  void end() {
    placeholders.mustBeUsed();
  }

  /** Returns the bytes of the expressions, with the names and values they use, as a transaction counts them. */
  long size() {
    return placeholders.size();
  }

  private static Condition condition(ExpressionNode node, ExpressionTerms terms) {
    return switch (node) {
      case ExpressionNode.And(ExpressionNode left, ExpressionNode right) ->
          condition(left, terms).and(condition(right, terms));
      case ExpressionNode.Or(ExpressionNode left, ExpressionNode right) ->
          condition(left, terms).or(condition(right, terms));
      case ExpressionNode.Not(ExpressionNode inner) -> condition(inner, terms).not();
      case ExpressionNode.Compare(Term left, Condition.Comparison comparison, Term right) ->
          new Condition.Compare(operand(left, terms), comparison, operand(right, terms));
      case ExpressionNode.Between(Term operand, Term low, Term high) ->
          new Condition.Between(operand(operand, terms), operand(low, terms), operand(high, terms));
      case ExpressionNode.In(Term operand, List<Term> candidates) ->
          new Condition.In(
              operand(operand, terms), candidates.stream().map(each -> operand(each, terms)).toList());
      case Call call -> function(call, terms);
      case Path _, Value _, ExpressionNode.Arithmetic _, Action _ ->
          throw new IllegalStateException("no condition: " + node);
    };
  }

  private static Condition function(Call call, ExpressionTerms terms) {
    return switch (call.function()) {
      case "attribute_exists" -> new Condition.Exists(terms.path(call));
      case "attribute_not_exists" -> new Condition.NotExists(terms.path(call));
      case "attribute_type" -> {
        List<Term> arguments = terms.arguments(call);
        yield new Condition.HasType(operand(arguments.getFirst(), terms), typeName(arguments.getLast(), terms));
      }
      case "begins_with" -> {
        List<Term> arguments = terms.arguments(call);
        yield new Condition.BeginsWith(operand(arguments.getFirst(), terms), operand(arguments.getLast(), terms));
      }
      default -> {
        List<Term> arguments = terms.arguments(call);
        yield new Condition.Contains(operand(arguments.getFirst(), terms), operand(arguments.getLast(), terms));
      }
    };
  }

  private static String typeName(Term argument, ExpressionTerms terms) {
    Operand operand = operand(argument, terms);
    if (operand instanceof Operand.Value(AttributeValue.S(String name))) {
      return name;
    }
    String type = operand instanceof Operand.Value(AttributeValue value) ? value.type()
        : operand instanceof Operand.Size ? "N" : "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
    throw terms.type("attribute_type", type);
  }

  private static Operand operand(Term term, ExpressionTerms terms) {
    return switch (term) {
      case Path path -> terms.attribute(path);
      case Value value -> new Operand.Value(terms.value(value));
      case Call call -> new Operand.Size(operand(terms.arguments(call).getFirst(), terms));
    };
  }

  private static Update update(Action action, ExpressionTerms terms) {
    Attribute attribute = terms.attribute(action.path());
    return switch (action.clause()) {
      case SET -> new Update.Set(attribute, expression(action.value().getFirst(), terms));
      case REMOVE -> new Update.Remove(attribute);
      case ADD -> new Update.Add(attribute, terms.value((Value) action.value().getFirst()));
      case DELETE -> new Update.Delete(attribute, terms.value((Value) action.value().getFirst()));
    };
  }

  private static Update.Expression expression(ExpressionNode node, ExpressionTerms terms) {
    return switch (node) {
      case Path path -> terms.attribute(path);
      case Value value -> new Operand.Value(terms.value(value));
      case ExpressionNode.Arithmetic(boolean plus, Term left, Term right) ->
          plus
              ? new Update.Expression.Plus(expression(left, terms), expression(right, terms))
              : new Update.Expression.Minus(expression(left, terms), expression(right, terms));
      case Call call when call.function().equals("if_not_exists") ->
          new Update.Expression.IfNotExists(terms.path(call), expression(terms.arguments(call).getLast(), terms));
      case Call call -> {
        List<Term> arguments = terms.arguments(call);
        yield new Update.Expression.ListAppend(
            expression(arguments.getFirst(), terms), expression(arguments.getLast(), terms));
      }
      default -> throw new IllegalStateException("no value: " + node);
    };
  }
}
