package dev.pinion.sim;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.ValueModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** The local values of an app's configs and secrets, from the environment or a {@code .env} file. Any thread. */
final class LocalValues {
  private final Map<String, String> values;

  private LocalValues(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Looks up all values.
   *
   * @throws SimulatorException for missing values, with each one's declaration and how to set it
   */
  static LocalValues of(AppModel model, SimulatorBuilder options) {
    return options.values.isPresent() ? of(model, options.values.get())
        : of(model, options.environment, options.environmentFile);
  }

  /** Takes the values by id. */
  private static LocalValues of(AppModel model, Map<String, String> byId) {
    List<String> declared = model.values().stream().map(ValueModel::id).toList();
    List<String> wrong = new ArrayList<>();
    for (ValueModel value : model.values()) {
      if (!byId.containsKey(value.id())) {
        wrong.add(value.location() + ": " + value.kind() + " '" + value.id() + "' has no value");
      }
    }
    byId.keySet().stream().sorted().filter(id -> !declared.contains(id)).forEach(
        id -> wrong.add("there is a value for '" + id + "', but the app has no such config or secret: it has "
            + declared));
    if (!wrong.isEmpty()) throw new SimulatorException(String.join("\n", wrong));
    return new LocalValues(byId);
  }

  /** Looks up all values in the environment and in a file. */
  static LocalValues of(AppModel model, Map<String, String> environment, Path file) {
    if (model.values().isEmpty()) return new LocalValues(Map.of());
    Map<String, String> given = new HashMap<>(EnvironmentFile.read(file));
    given.putAll(environment);
    Map<String, String> values = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (ValueModel value : model.values()) {
      String found = given.get(value.environmentName());
      if (found == null) missing.add(missing(value, file));
      else values.put(value.id(), found);
    }
    if (!missing.isEmpty()) throw new SimulatorException(String.join("\n", missing));
    return new LocalValues(values);
  }

  private static String missing(ValueModel value, Path file) {
    String name = value.environmentName();
    return value.location() + ": " + value.kind() + " '" + value.id() + "' has no value: set the environment variable "
        + name + ", or write a line " + name + "=... into " + file;
  }

  /** Returns the values of the app's secrets, by their ids. */
  Map<String, String> secrets(AppModel model) {
    return model.values().stream().filter(SecretModel.class::isInstance)
        .collect(Collectors.toMap(ValueModel::id, this::of));
  }

  String of(ValueModel value) {
    return requireNonNull(values.get(value.id()), "a value of another app");
  }
}
