package dev.pinion;

import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.FunctionModel.ArnPart;
import dev.pinion.spi.FunctionSettings;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is set of a function. Handlers that share a function have one such object each until {@code define} has
 * returned, and together they are the function's options.
 */
final class FunctionOptions {
  static final String MEMORY = "memory";
  static final String TIMEOUT = "timeout";
  static final String LOOP = "allowRecursiveLoop";
  static final String RESERVED = "reservedConcurrency";
  static final String PROVISIONED = "provisionedConcurrency";
  static final String STORAGE = "ephemeralStorage";
  static final String ARCHITECTURE = "architecture";
  static final String VPC = "vpc";
  static final String TRACING = "tracing";
  static final String METRICS = "metrics";
  private static final String ENVIRONMENT = "environment ";
  private static final String LAYER = "layer ";
  private static final int MEBIBYTES = 512;

  private final String path;
  /** By option, in the order in which they are set. Empty for most handlers, for which nothing is allocated. */
  private Map<String, Choice> choices = Map.of();

  /** The value of an option, and where it is set. */
  private record Choice(Object value, SourceLocation location) {}

  FunctionOptions(String path) {
    this.path = path;
  }

  void set(String option, Object value, SourceLocation location) {
    if (choices.isEmpty()) choices = new LinkedHashMap<>();
    choices.put(option, new Choice(value, location));
  }

  void variable(String name, ArnPart value, SourceLocation location) {
    set(ENVIRONMENT + name, value, location);
  }

  void layer(String arn, SourceLocation location) {
    set(LAYER + arn, arn, location);
  }

  /** Adds what another handler of the same function sets, and reports what both set differently. */
  void join(FunctionOptions other, String function, Binding binding) {
    other.choices.forEach((option, choice) -> {
      Choice first = choices.get(option);
      if (first == null) {
        set(option, choice.value, choice.location);
      } else if (!first.value.equals(choice.value)) {
        binding.problem(
            choice.location,
            "handler '" + other.path + "' sets " + option + " to " + shown(choice.value) + ", but " + first.location
                + " sets it to " + shown(first.value) + " for the same function '" + function
                + "': handlers of one function share its options, so set it once");
      }
    });
  }

  private static String shown(Object value) {
    return value instanceof Duration time ? time.toSeconds() + " s" : value.toString();
  }

  int memory() {
    return value(MEMORY, MEBIBYTES);
  }

  Duration timeout() {
    return value(TIMEOUT, ApiGatewayQuotas.INTEGRATION_TIMEOUT);
  }

  boolean recursiveLoop() {
    return value(LOOP, false);
  }

  /** Returns the settings that concern AWS alone. */
  FunctionSettings settings(@Nullable String function) {
    if (function == null && choices.isEmpty()) return FunctionSettings.NONE;
    Map<String, ArnPart> environment = new LinkedHashMap<>();
    List<String> layers = new ArrayList<>();
    choices.forEach((option, choice) -> {
      if (option.startsWith(ENVIRONMENT)) {
        environment.put(option.substring(ENVIRONMENT.length()), (ArnPart) choice.value);
      }
      if (option.startsWith(LAYER)) layers.add((String) choice.value);
    });
    return new FunctionSettings(
        Optional.ofNullable(function), number(RESERVED), number(PROVISIONED), environment, layers, value(VPC, false),
        value(TRACING, false), value(METRICS, false), value(STORAGE, FunctionSettings.EPHEMERAL_STORAGE),
        Optional.ofNullable(choices.get(ARCHITECTURE)).map(each -> (String) each.value));
  }

  private OptionalInt number(String option) {
    Choice choice = choices.get(option);
    return choice == null ? OptionalInt.empty() : OptionalInt.of((Integer) choice.value);
  }

  @SuppressWarnings("unchecked") // an option's values have one type
  private <T> T value(String option, T otherwise) {
    Choice choice = choices.get(option);
    return choice == null ? otherwise : (T) choice.value;
  }
}
