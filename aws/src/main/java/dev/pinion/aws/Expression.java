package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A string, parts of which may be known only at deployment. Immutable; each target prints it in its own syntax. */
public sealed interface Expression {

  /** A string constant. */
  record Literal(String text) implements Expression {}

  /** An attribute of another resource of the plan. */
  record Attribute(Reference resource, Reference.Property property) implements Expression {}

  /** The value of a config, or the ARN of a secret, supplied at deployment. */
  record Parameter(String id) implements Expression {}

  /** The concatenation of expressions. */
  record Join(List<Expression> parts) implements Expression {
    public Join {
      parts = List.copyOf(parts);
    }
  }

  /** A JSON object with its keys in the map's order; it is serialized where a string is expected. */
  record Json(Map<String, Expression> values) implements Expression {
    public Json {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Concatenates strings and expressions. */
  static Expression join(Object... parts) {
    return new Join(
        Stream.of(parts)
            .map(part -> part instanceof Expression expression ? expression : new Literal(part.toString()))
            .toList());
  }
}
