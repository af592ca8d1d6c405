package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A text that may be known only where the plan is deployed. Immutable; each target prints it in its own words. */
public sealed interface Expression {

  /** A text as it is. */
  record Literal(String text) implements Expression {}

  /** What AWS answers of another resource of the plan. */
  record Attribute(Reference resource, Reference.Property property) implements Expression {}

  /** The value that whoever deploys gives a config, or the ARN that it gives a secret. */
  record Given(String id) implements Expression {}

  /** What is known of the place of deployment. */
  enum Ambient implements Expression {
    /** The region, such as {@code eu-west-1}. */
    REGION,
    /** The end of AWS's host names, such as {@code amazonaws.com}. */
    DNS_SUFFIX
  }

  /** Texts one after another. */
  record Join(List<Expression> parts) implements Expression {
    public Join {
      parts = List.copyOf(parts);
    }
  }

  /** A JSON object, its keys in the order of the map; as a text where a text is wanted. */
  record Json(Map<String, Expression> values) implements Expression {
    public Json {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Texts and expressions one after another; a string stands for itself. */
  static Expression join(Object... parts) {
    return new Join(
        Stream.of(parts)
            .map(part -> part instanceof Expression expression ? expression : new Literal(part.toString()))
            .toList());
  }
}
