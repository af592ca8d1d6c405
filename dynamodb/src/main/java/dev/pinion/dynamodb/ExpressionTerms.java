package dev.pinion.dynamodb;

import dev.pinion.Attribute;
import dev.pinion.Attribute.Step;
import dev.pinion.AttributeValue;
import dev.pinion.dynamodb.ExpressionNode.Call;
import dev.pinion.dynamodb.ExpressionNode.Element;
import dev.pinion.dynamodb.ExpressionNode.Path;
import dev.pinion.dynamodb.ExpressionNode.Term;
import dev.pinion.dynamodb.ExpressionNode.Value;
import dev.pinion.dynamodb.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the terms of an expression stand for, and what is checked of all terms before.
 *
 * @param placeholders the request's names and values
 * @param parameter the expression
 */
record ExpressionTerms(Placeholders placeholders, ExpressionParameter parameter) {
  private static final Map<String, Integer> CONDITION_FUNCTIONS =
      Map.of(
          "attribute_exists", 1, "attribute_not_exists", 1, "attribute_type", 2, "begins_with", 2, "contains", 2,
          "size", 1);
  private static final Map<String, Integer> UPDATE_FUNCTIONS = Map.of("if_not_exists", 2, "list_append", 2);

  private Map<String, Integer> functions() {
    return parameter == ExpressionParameter.UPDATE ? UPDATE_FUNCTIONS : CONDITION_FUNCTIONS;
  }

  /** Refuses functions that do not exist, and then names that are reserved words. */
  void check(List<? extends ExpressionNode> nodes) {
    nodes.forEach(node -> node.visit(this::function));
    nodes.forEach(node -> node.visit(this::use));
    nodes.forEach(node -> node.visit(this::reserved));
  }

  private void function(ExpressionNode node) {
    if (node instanceof Call(String function, _) && !functions().containsKey(function)) {
      boolean update = parameter == ExpressionParameter.UPDATE;
      throw parameter.invalid(
          !(update ? CONDITION_FUNCTIONS : UPDATE_FUNCTIONS).containsKey(function)
              ? "Invalid function name; function: " + function
              : "The function is not allowed in " + (update ? "an update" : "a condition") + " expression; function: "
                  + function);
    }
  }

  /** Refuses functions that are conditions as terms. */
  private void use(ExpressionNode node) {
    if (parameter == ExpressionParameter.UPDATE) {
      return;
    }
    boolean conditions = node instanceof ExpressionNode.And || node instanceof ExpressionNode.Or
        || node instanceof ExpressionNode.Not;
    for (ExpressionNode part : node.parts()) {
      if (part instanceof Call call) {
        use(call, conditions);
      }
    }
  }

  /** Refuses a function as a condition if it is a value, or as a term if it is a condition. */
  void use(Call call, boolean asCondition) {
    if (call.function().equals("size") == asCondition) {
      throw parameter.invalid(
          "The function is not allowed to be used this way in an expression; function: " + call.function());
    }
  }

  private void reserved(ExpressionNode node) {
    if (node instanceof Path(List<Element> elements)) {
      for (Element element : elements) {
        String name = element.token().text();
        if (element.token().is(Kind.NAME) && ReservedWords.contain(name)) {
          throw parameter.invalid("Attribute name is a reserved keyword; reserved keyword: " + name);
        }
      }
    }
  }

  /** Returns the attribute that a path leads to. */
  Attribute attribute(Path path) {
    return new Attribute(path.elements().stream().map(Element::token).map(this::step).toList());
  }

  private Step step(Token token) {
    return switch (token.kind()) {
      case NAME_PLACEHOLDER -> new Step.Name(placeholders.name(token.text(), parameter));
      case INDEX -> new Step.Index(index(token.text()));
      default -> new Step.Name(token.text());
    };
  }

  private int index(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      throw parameter.invalid("List index is not within the allowable range; index: [" + digits + "]");
    }
  }

  AttributeValue value(Value value) {
    return placeholders.value(value.placeholder(), parameter);
  }

  /** Returns the arguments of a function. */
  List<Term> arguments(Call call) {
    int number = call.arguments().size();
    if (functions().getOrDefault(call.function(), number) != number) {
      throw parameter.invalid(
          "Incorrect number of operands for operator or function; operator or function: " + call.function()
              + ", number of operands: " + number);
    }
    return call.arguments();
  }

  /** Returns the attribute of a function that takes no value in its place. */
  Attribute path(Call call) {
    if (arguments(call).getFirst() instanceof Path path) {
      return attribute(path);
    }
    throw parameter.invalid(
        "Operator or function requires a document path; operator or function: " + call.function());
  }

  /** The refusal of a type that a function does not take. */
  DynamoDbError type(String function, String type) {
    return parameter.invalid(
        "Incorrect operand type for operator or function; operator or function: " + function + ", operand type: "
            + type);
  }

  /** The names of the functions that are conditions. */
  static Set<String> conditionFunctions() {
    return CONDITION_FUNCTIONS.keySet();
  }
}
