package dev.pinion.cli;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which message a script expects. */
sealed interface MessagePattern {
  /** Any message. */
  record Any() implements MessagePattern {
    @Override
    public String toString() {
      return "any message";
    }
  }

  /** This text. */
  record Exactly(String text) implements MessagePattern {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A JSON value; objects in it may have other members, too. */
  record Like(String text, Object value) implements MessagePattern {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A text that contains a match. */
  record Found(Pattern pattern) implements MessagePattern {
    @Override
    public String toString() {
      return "~ " + pattern;
    }
  }

  /** Returns the pattern that a text without {@code ~} stands for. */
  static MessagePattern of(String text) {
    if (text.equals("*")) return new Any();
    return json(text).<MessagePattern>map(value -> new Like(text, value)).orElseGet(() -> new Exactly(text));
  }

  /** Returns whether a message is one of those. */
  default boolean fits(String message) {
    return switch (this) {
      case Any() -> true;
      case Exactly(String text) -> message.equals(text);
      case Like(String text, Object value) ->
          message.equals(text) || json(message).filter(each -> like(value, each)).isPresent();
      case Found(Pattern pattern) -> pattern.matcher(message).find();
    };
  }

  /** Returns a text as JSON; empty if it is none, or null. */
  static Optional<Object> json(String text) {
    try {
      return Optional.of(new RecordCodec().read(text, Object.class));
    } catch (MismatchException e) {
      return Optional.empty();
    }
  }

  private static boolean like(@Nullable Object wanted, @Nullable Object found) {
    if (wanted instanceof Map<?, ?> members && found instanceof Map<?, ?> all) {
      return members.entrySet().stream()
          .allMatch(each -> all.containsKey(each.getKey()) && like(each.getValue(), all.get(each.getKey())));
    }
    if (wanted instanceof List<?> some && found instanceof List<?> all) {
      if (some.size() != all.size()) return false;
      for (int i = 0; i < some.size(); i++) {
        if (!like(some.get(i), all.get(i))) return false;
      }
      return true;
    }
    if (wanted instanceof Number one && found instanceof Number other) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return Objects.equals(wanted, found);
  }
}
