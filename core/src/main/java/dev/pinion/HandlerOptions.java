package dev.pinion;

import dev.pinion.spi.Event;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.FunctionModel.ArnPart;
import dev.pinion.spi.FunctionSettings;
import dev.pinion.spi.ReservedVariables;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sets the options of the function that runs a handler. */
public final class HandlerOptions {
  private static final String ALLOW = "allow";
  private static final String ONLY = "only";
  private static final int SMALLEST = 128;
  private static final int LARGEST = 10_240;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int LARGEST_STORAGE = 10_240;

  private final Binding binding;
  private final String path;
  private final RoleOptions role;
  private final FunctionOptions options;
  private @Nullable String function;

  HandlerOptions(Binding binding, String path) {
    this.binding = binding;
    this.path = path;
    this.role = new RoleOptions(binding, path);
    this.options = new FunctionOptions(path);
  }

  /** Sets the function's memory in MiB, 128 to 10,240 (default: 512). AWS assigns CPU power in proportion to it. */
  public HandlerOptions memory(int mebibytes) {
    SourceLocation location = binding.declare("memory");
    if (mebibytes < SMALLEST || mebibytes > LARGEST) {
      binding.problem(
          location,
          "handler '" + path + "' has a memory of " + mebibytes + " MiB: use 128 to 10240");
    }
    options.set(FunctionOptions.MEMORY, mebibytes, location);
    return this;
  }

  /**
   * Sets how long a call may take: whole seconds, from 1 s to 15 min (default: 29 s). API Gateway itself waits 29 s at
   * most for the handler of a WebSocket's route, and 30 s for that of an HTTP API's.
   */
  public HandlerOptions timeout(Duration limit) {
    SourceLocation location = binding.declare("timeout");
    if (limit.compareTo(SHORTEST) < 0
        || limit.compareTo(LONGEST) > 0
        || !limit.equals(Duration.ofSeconds(limit.toSeconds()))) {
      binding.problem(
          location,
          "handler '" + path + "' has a timeout of " + limit + ": use whole seconds, 1 to 900");
    }
    options.set(FunctionOptions.TIMEOUT, limit, location);
    return this;
  }

  /**
   * Adds an AWS action to the function's role, for calls that the handler makes with a client of its own. What the
   * handler does with the app's own resources is derived from its code and need not be allowed.
   *
   * @param action such as {@code s3:GetObject}
   */
  public HandlerOptions allow(String action, String arn) {
    role.allow(action, Arn.of(arn), binding.declare(ALLOW));
    return this;
  }

  /** Adds an AWS action on an ARN that contains values of configs, like {@link #allow(String, String)}. */
  public HandlerOptions allow(String action, Arn arn) {
    role.allow(action, arn, binding.declare(ALLOW));
    return this;
  }

  /**
   * Adds actions on one of the app's tables and its indexes to the function's role, and the table to its environment:
   * for operations that Pinion does not derive from the handler's code. Applies regardless of {@code only}.
   *
   * @param actions at least one, such as {@code dynamodb:PutItem}
   */
  public HandlerOptions allow(Table table, String... actions) {
    role.allow(table, actions, binding.declare(ALLOW));
    return this;
  }

  /**
   * Adds methods of {@code @connections} of one of the app's WebSockets, like {@link #allow(Table, String...)}: {@code
   * POST} for sending, {@code DELETE} for disconnecting, {@code GET} for {@link WebSocket#connection}.
   *
   * @param methods at least one
   */
  public HandlerOptions allow(WebSocket webSocket, String... methods) {
    role.allow(webSocket, methods, binding.declare(ALLOW));
    return this;
  }

  /**
   * Adds starting one of the app's tasks, like {@link #allow(Table, String...)}.
   *
   * @param actions at least one of {@code lambda:InvokeFunction} for {@link Task#start} and {@code
   *     scheduler:CreateSchedule} for {@link Task#startIn}
   */
  public HandlerOptions allow(Task<?> task, String... actions) {
    role.allow(task, actions, binding.declare(ALLOW));
    return this;
  }

  /** Adds sending to one of the app's queues, like {@link #allow(Table, String...)}. */
  public HandlerOptions allow(MessageQueue<?> queue) {
    role.allow(queue, binding.declare(ALLOW));
    return this;
  }

  /** Adds reading one of the app's secrets, like {@link #allow(Table, String...)}. */
  public HandlerOptions allow(Secret secret) {
    role.allow(secret, binding.declare(ALLOW));
    return this;
  }

  /**
   * Limits what the handler may do with the app's resources on AWS to what its calls of {@code only} name. This call
   * names actions on a table and its indexes, such as {@code dynamodb:Scan}. An action that is not derived from the
   * handler's code stays forbidden, even if it is named. For handlers whose derived permissions are too broad.
   * Compiling warns about calls that this forbids.
   *
   * @param actions at least one
   */
  public HandlerOptions only(Table table, String... actions) {
    role.only(table, actions, binding.declare(ONLY));
    return this;
  }

  /**
   * Limits what the handler may do, like {@link #only(Table, String...)}. This call names methods of {@code
   * @connections} of a WebSocket: {@code POST} is for sending, {@code DELETE} for disconnecting, {@code GET} for {@link
   * WebSocket#connection}.
   *
   * @param methods at least one
   */
  public HandlerOptions only(WebSocket webSocket, String... methods) {
    role.only(webSocket, methods, binding.declare(ONLY));
    return this;
  }

  /**
   * Limits what the handler may do, like {@link #only(Table, String...)}. This call names a task that it may start.
   *
   * @param actions at least one of {@code lambda:InvokeFunction} and {@code scheduler:CreateSchedule}
   */
  public HandlerOptions only(Task<?> task, String... actions) {
    role.only(task, actions, binding.declare(ONLY));
    return this;
  }

  /**
   * Lets the function be part of a loop. Otherwise Lambda stops a function after about 16 calls in one chain, in which
   * each call has caused the next one through Lambda itself, SQS or SNS, and so does the local platform.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html">Lambda: recursive loop
   *     detection</a>
   */
  public HandlerOptions allowRecursiveLoop() {
    options.set(FunctionOptions.LOOP, true, binding.declare(FunctionOptions.LOOP));
    return this;
  }

  /**
   * Limits what the handler may do, like {@link #only(Table, String...)}. This call names a queue that it may send to.
   */
  public HandlerOptions only(MessageQueue<?> queue) {
    role.only(queue, binding.declare(ONLY));
    return this;
  }

  /**
   * Limits what the handler may do, like {@link #only(Table, String...)}. This call names a secret that it may read.
   * Configs need no permission and need not be named.
   */
  public HandlerOptions only(Secret secret) {
    role.only(secret, binding.declare(ONLY));
    return this;
  }

  /**
   * Lets handlers with the same name share one function, which may be called for one event of each of them and is
   * therefore started less often. They share its options too, so each option is set on one of them, and its role is the
   * union of theirs. A WebSocket's authorizer always has its own. Default: each handler has a function of its own.
   *
   * @param name not the id of a resource of the app: a letter, then letters, digits, {@code _} and {@code -}, at most
   *     32
   */
  public HandlerOptions function(String name) {
    SourceLocation location = binding.declare("function");
    if (!name.matches("[a-zA-Z][a-zA-Z0-9_-]{0,31}")) {
      problem(
          location,
          "is in a function with the name '" + name
              + "': use a letter, then letters, digits, '_' and '-', at most 32 in all");
    }
    if (path.endsWith("/" + Event.Authorize.KEY)) {
      problem(location,
          "is in the function '" + name + "', but an authorizer has a function of its own: remove the call");
    }
    if (function != null) {
      problem(location, "is in the functions '" + function + "' and '" + name + "': remove one of the two calls");
    }
    function = name;
    binding.functions().add(name, options, location);
    return this;
  }

  /**
   * Sets how many calls at most run at the same time. AWS reserves as many of the account's concurrency for the
   * function. With 0, nothing calls it. Default: what the account has left.
   */
  public HandlerOptions reservedConcurrency(int calls) {
    SourceLocation location = binding.declare(FunctionOptions.RESERVED);
    if (calls < 0) problem(location, "has a reserved concurrency of " + calls + ": use 0 or more");
    options.set(FunctionOptions.RESERVED, calls, location);
    return this;
  }

  /**
   * Sets how many instances AWS keeps started, which it charges for. They start without a snapshot, as Lambda's
   * SnapStart excludes provisioned concurrency. Default: none, and instances start from a snapshot.
   */
  public HandlerOptions provisionedConcurrency(int instances) {
    SourceLocation location = binding.declare(FunctionOptions.PROVISIONED);
    if (instances < 1) problem(location, "has a provisioned concurrency of " + instances + ": use 1 or more");
    options.set(FunctionOptions.PROVISIONED, instances, location);
    return this;
  }

  /**
   * Adds an environment variable, for a library or an agent that reads it. A handler itself uses a {@link Config},
   * which also works on the developer's machine; there, this sets no variable. For a secret, see {@link Cloud#secret}.
   *
   * @param name a letter, then letters, digits and {@code _}
   */
  public HandlerOptions environment(String name, String value) {
    return environment(name, new ArnPart.Text(value), binding.declare("environment"));
  }

  /** Adds an environment variable with the value of a config, like {@link #environment(String, String)}. */
  public HandlerOptions environment(String name, Config value) {
    SourceLocation location = binding.declare("environment");
    role.checkOwner(value, location);
    return environment(name, new ArnPart.ConfigValue(value.model().id()), location);
  }

  private HandlerOptions environment(String name, ArnPart value, SourceLocation location) {
    if (!name.matches("[a-zA-Z][a-zA-Z0-9_]+")) {
      problem(location, "has the environment variable '" + name
          + "': use a letter, then at least one letter, digit or '_'");
    } else if (ReservedVariables.contains(name)) {
      problem(
          location,
          "has the environment variable '" + name + "', which Lambda or Pinion itself sets: use another name");
    }
    options.variable(name, value, location);
    return this;
  }

  /**
   * Adds a layer, after those that are already added; a function has at most five.
   *
   * @param arn of a version of the layer
   */
  public HandlerOptions layer(String arn) {
    SourceLocation location = binding.declare("layer");
    if (!arn.matches("arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:layer:[a-zA-Z0-9_-]+:[0-9]+")) {
      problem(
          location,
          "has the layer '" + arn + "': use the ARN of a version, such as arn:aws:lambda:eu-west-1:123456789012:layer:"
              + "name:1");
    }
    options.layer(arn, location);
    return this;
  }

  /**
   * Runs the function in the network that the deployment sets: the subnets and security groups are variables of the
   * Terraform module and parameters of the stack. To reach AWS, the network needs a NAT gateway or VPC endpoints.
   */
  public HandlerOptions vpc() {
    return set(FunctionOptions.VPC);
  }

  /** Lets X-Ray record the function's calls. */
  public HandlerOptions tracing() {
    return set(FunctionOptions.TRACING);
  }

  /**
   * Lets the function write metrics to its log, from which CloudWatch takes them: how many events were handled and
   * failed, the handler's time, and how many sends found a connection that is gone or were throttled, by handler.
   */
  public HandlerOptions metrics() {
    return set(FunctionOptions.METRICS);
  }

  private HandlerOptions set(String option) {
    options.set(option, true, binding.declare(option));
    return this;
  }

  /**
   * Sets the size of {@code /tmp} in MiB, 512 to 10,240 (default: 512). With more than 512, instances start without a
   * snapshot, as Lambda's SnapStart excludes that.
   */
  public HandlerOptions ephemeralStorage(int mebibytes) {
    SourceLocation location = binding.declare(FunctionOptions.STORAGE);
    if (mebibytes < FunctionSettings.EPHEMERAL_STORAGE || mebibytes > LARGEST_STORAGE) {
      problem(location, "has an ephemeral storage of " + mebibytes + " MiB: use 512 to 10240");
    }
    options.set(FunctionOptions.STORAGE, mebibytes, location);
    return this;
  }

  /** Sets the processors that the function runs on, for native libraries and layers. Default: the deployment's. */
  public HandlerOptions architecture(Architecture architecture) {
    options.set(FunctionOptions.ARCHITECTURE, architecture.id(), binding.declare(FunctionOptions.ARCHITECTURE));
    return this;
  }

  private void problem(SourceLocation location, String message) {
    binding.problem(location, "handler '" + path + "' " + message);
  }

  FunctionModel model() {
    FunctionOptions set = function == null ? options : binding.functions().of(function, options);
    return new FunctionModel(
        set.memory(), set.timeout(), set.recursiveLoop(), role.allowed(), role.granted(), role.only(),
        set.settings(function));
  }
}
