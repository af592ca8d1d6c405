package dev.pinion;

import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.ValueModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Declares the resources of an app. It is passed to {@link App#define}, must not be used after that method has
 * returned, and is used by one thread.
 *
 * <p>Mistakes are collected, and reported together after {@code define} has returned.
 */
public final class Cloud {
  private static final int LONGEST_ID = 128;

  private final Binding binding;
  private final Map<String, SourceLocation> ids = new LinkedHashMap<>();
  private final Map<String, ValueModel> values = new LinkedHashMap<>();
  /** By name and location, as text: the first hash of a record delays a function's start. */
  private final Map<String, Declaration> open = new LinkedHashMap<>();
  private final List<Supplier<ResourceModel>> resources = new ArrayList<>();
  private final Map<DeploymentOption, SourceLocation> options = new EnumMap<>(DeploymentOption.class);

  /** A declaration without a call of {@code create()} so far. */
  private record Declaration(String name, SourceLocation location) {}

  Cloud(Binding binding) {
    this.binding = binding;
  }

  /**
   * Starts the declaration of a DynamoDB table, which ends with {@link TableBuilder#create}.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   */
  public TableBuilder table(String id) {
    SourceLocation location = binding.declare("cloud.table(\"" + id + "\")");
    begin("table", id, location);
    return new TableBuilder(this, id, location);
  }

  /**
   * Starts the declaration of an API Gateway WebSocket API, which ends with {@link WebSocketBuilder#create}.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   */
  public WebSocketBuilder webSocket(String id) {
    SourceLocation location = binding.declare("cloud.webSocket(\"" + id + "\")");
    begin("webSocket", id, location);
    return new WebSocketBuilder(this, id, location);
  }

  /**
   * Starts the declaration of an API Gateway HTTP API, which ends with {@link HttpApiBuilder#create}.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   */
  public HttpApiBuilder httpApi(String id) {
    SourceLocation location = binding.declare("cloud.httpApi(\"" + id + "\")");
    begin("httpApi", id, location);
    return new HttpApiBuilder(this, id, location);
  }

  /**
   * Starts the declaration of an EventBridge Scheduler schedule, which ends with {@link ScheduleBuilder#create}.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   */
  public ScheduleBuilder schedule(String id) {
    SourceLocation location = binding.declare("cloud.schedule(\"" + id + "\")");
    begin("schedule", id, location);
    return new ScheduleBuilder(this, id, location);
  }

  /**
   * Starts the declaration of a task, which is a Lambda function that is invoked asynchronously. The declaration ends
   * with {@link TaskBuilder#create}.
   *
   * @param id unique among the app's resources, 1 to 128 characters without a slash
   * @param type the type of its payload: a record, or any other type that messages support
   */
  public <T> TaskBuilder<T> task(String id, Class<T> type) {
    SourceLocation location = binding.declare("cloud.task(\"" + id + "\")");
    begin("task", id, location);
    return new TaskBuilder<>(this, id, type, location);
  }

  /**
   * Starts the declaration of an SQS queue, which ends with {@link QueueBuilder#create}.
   *
   * @param id unique among the app's resources: letters, digits, {@code -} and {@code _}, at most 80
   * @param type what a message is: a record, {@link String}, or any other type that messages support
   */
  public <T> QueueBuilder<T> queue(String id, Class<T> type) {
    SourceLocation location = binding.declare("cloud.queue(\"" + id + "\")");
    begin("queue", id, location);
    return new QueueBuilder<>(this, id, type, location);
  }

  /**
   * Declares a plain value that is provided where the app runs: by an environment variable or a line of {@code .env} on
   * the developer's machine, by a variable of the deployment on AWS.
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
   * Declares a secret value that is provided where the app runs: like a {@link #config} on the developer's machine, by
   * reference to Secrets Manager or to Systems Manager's Parameter Store on AWS.
   *
   * @param name unique among the app's resources: a letter, then letters, digits, {@code _} and {@code -}, at most 64
   */
  public Secret secret(String name) {
    SourceLocation location = binding.declare("cloud.secret(\"" + name + "\")");
    SecretModel model = new SecretModel(name, location);
    value(model);
    return new Secret(model, binding);
  }

  /**
   * Lets the deployment offer more settings. A local run ignores them.
   *
   * @param offered which ones; those of several calls are offered together
   */
  public void deploymentOptions(DeploymentOption... offered) {
    SourceLocation location = binding.declare("cloud.deploymentOptions()");
    for (DeploymentOption each : offered) options.putIfAbsent(each, location);
  }

  private void value(ValueModel model) {
    String name = model.kind() + " '" + model.id() + "'";
    if (!model.id().matches("[a-zA-Z][a-zA-Z0-9_-]{0,63}")) {
      binding.problem(
          model.location(),
          name + " has an invalid name: use a letter, then letters, digits, '_' and '-', at most 64 in all");
    }
    unique(name, model.id(), model.location());
    ValueModel earlier = values.putIfAbsent(model.environmentName(), model);
    if (earlier != null && !earlier.id().equals(model.id())) {
      binding.problem(
          model.location(),
          name + " has the environment variable " + model.environmentName() + ", which " + earlier.kind() + " '"
              + earlier.id() + "' declared at " + earlier.location() + " also has: rename one of them");
    }
    resources.add(() -> model);
  }

  private void begin(String kind, String id, SourceLocation location) {
    String name = kind + " '" + id + "'";
    if (id.isBlank()) {
      binding.problem(location, "a " + kind + " has an empty id: give it an id");
    } else if (id.length() > LONGEST_ID || id.chars().anyMatch(Cloud::isInvalid)) {
      binding.problem(
          location,
          name + " has an invalid id: use 1 to 128 characters, without slashes and control characters");
    }
    unique(name, id, location);
    open.put(name + location, new Declaration(name, location));
  }

  private void unique(String name, String id, SourceLocation location) {
    SourceLocation earlier = ids.putIfAbsent(id, location);
    if (earlier != null) {
      binding.problem(
          location,
          name + " has the same id as the resource declared at " + earlier + ": give one of them another id");
    }
  }

  private static boolean isInvalid(int character) {
    return character == '/' || Character.isISOControl(character);
  }

  void create(String name, SourceLocation location, Supplier<ResourceModel> resource) {
    if (open.remove(name + location) == null) {
      binding.problem(Callers.location(), name + " is created twice: call .create() once, and use its result");
    }
    resources.add(resource);
  }

  private void check(DeploymentOption option, SourceLocation location, List<ResourceModel> models) {
    boolean ofApis = option != DeploymentOption.ALARMS;
    if (ofApis && models.stream().noneMatch(each -> each instanceof WebSocketModel || each instanceof HttpApiModel)) {
      binding.problem(location, "the deployment option " + option + " needs a WebSocket or an HTTP API: declare one, or"
          + " remove the option");
    }
  }

  /** Returns the deployment options, in their own order. */
  List<DeploymentOption> options() {
    return List.copyOf(options.keySet());
  }

  Binding binding() {
    return binding;
  }

  /** Returns the resources; throws if there was a mistake. */
  List<ResourceModel> freeze() {
    open.values().forEach(
        declaration -> binding.problem(
            declaration.location(), declaration.name() + " was declared without .create(): add it"));
    binding.functions().freeze(ids, binding);
    List<ResourceModel> models = resources.stream().map(Supplier::get).toList();
    options.forEach((option, location) -> check(option, location, models));
    binding.freeze();
    return models;
  }
}
