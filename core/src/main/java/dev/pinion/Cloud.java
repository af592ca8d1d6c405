package dev.pinion;

import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.ValueModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where an app declares its resources. Handed to {@link App#define}, and closed when that returns; used by one thread.
 *
 * <p>Every mistake is collected, and all are reported together once {@code define} has returned.
 */
public final class Cloud {
  private static final int LONGEST_ID = 128;

  private final Binding binding;
  private final Map<String, SourceLocation> ids = new LinkedHashMap<>();
  private final Map<String, ValueModel> values = new LinkedHashMap<>();
  private final Set<Begun> open = new LinkedHashSet<>();
  private final List<Supplier<ResourceModel>> resources = new ArrayList<>();

  /** A declaration whose {@code create()} is still to come. */
  private record Begun(String name, SourceLocation location) {}

  Cloud(Binding binding) {
    this.binding = binding;
  }

  /**
   * Begins a DynamoDB table.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   */
  public TableBuilder table(String id) {
    SourceLocation location = binding.declare("cloud.table(\"" + id + "\")");
    begin("table", id, location);
    return new TableBuilder(this, id, location);
  }

  /**
   * Begins an API Gateway WebSocket API.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   */
  public WebSocketBuilder webSocket(String id) {
    SourceLocation location = binding.declare("cloud.webSocket(\"" + id + "\")");
    begin("webSocket", id, location);
    return new WebSocketBuilder(this, id, location);
  }

  /**
   * A plain value that is given where the app runs: an environment variable or a line of {@code .env} on the
   * developer's machine, a variable on AWS.
   *
   * @param name unique among the app's resources: a letter, then letters, digits, {@code _} and {@code -}, at most 64
   */
  public Config config(String name) {
    SourceLocation location = binding.declare("cloud.config(\"" + name + "\")");
    ConfigModel model = new ConfigModel(name, location);
    value(model);
    return new Config(model, binding);
  }

  /**
   * A secret value that is given where the app runs: as a {@link #config} on the developer's machine, by reference to
   * Secrets Manager or the Systems Manager's Parameter Store on AWS.
   *
   * @param name unique among the app's resources: a letter, then letters, digits, {@code _} and {@code -}, at most 64
   */
  public Secret secret(String name) {
    SourceLocation location = binding.declare("cloud.secret(\"" + name + "\")");
    SecretModel model = new SecretModel(name, location);
    value(model);
    return new Secret(model, binding);
  }

  private void value(ValueModel model) {
    String name = model.kind() + " '" + model.id() + "'";
    if (!model.id().matches("[a-zA-Z][a-zA-Z0-9_-]{0,63}")) {
      binding.problem(
          model.location(),
          name + " has an unfit name: use a letter, then letters, digits, '_' and '-', at most 64");
    }
    unique(name, model.id(), model.location());
    ValueModel earlier = values.putIfAbsent(model.environmentName(), model);
    if (earlier != null && !earlier.id().equals(model.id())) {
      binding.problem(
          model.location(),
          name + " has the environment variable " + model.environmentName() + ", as " + earlier.kind() + " '"
              + earlier.id() + "' declared at " + earlier.location() + " has: give one another name");
    }
    resources.add(() -> model);
  }

  private void begin(String kind, String id, SourceLocation location) {
    String name = kind + " '" + id + "'";
    if (id.isBlank()) {
      binding.problem(location, "a " + kind + " has an empty id: give it a name of its own");
    } else if (id.length() > LONGEST_ID || id.chars().anyMatch(Cloud::unfit)) {
      binding.problem(
          location,
          name + " has an unfit id: use 1 to 128 characters, no slash and no control characters");
    }
    unique(name, id, location);
    open.add(new Begun(name, location));
  }

  private void unique(String name, String id, SourceLocation location) {
    SourceLocation earlier = ids.putIfAbsent(id, location);
    if (earlier != null) {
      binding.problem(
          location,
          name + " has the id of the resource declared at " + earlier + ": give one another id");
    }
  }

  private static boolean unfit(int character) {
    return character == '/' || Character.isISOControl(character);
  }

  void create(String name, SourceLocation location, Supplier<ResourceModel> resource) {
    if (!open.remove(new Begun(name, location))) {
      binding.problem(Callers.location(), name + " is made twice: call .create() once, and use what it gives");
    }
    resources.add(resource);
  }

  Binding binding() {
    return binding;
  }

  /** The frozen resources; throws when there was a mistake. */
  List<ResourceModel> freeze() {
    open.forEach(
        begun -> binding.problem(
            begun.location(), begun.name() + " is begun but not made: end it with .create()"));
    List<ResourceModel> models = resources.stream().map(Supplier::get).toList();
    binding.freeze();
    return models;
  }
}
