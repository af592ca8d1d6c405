package dev.pinion;

import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;

/** Sets the options of the function that runs a handler. */
public final class HandlerOptions {
  private static final String ALLOW = "allow";
  private static final String ONLY = "only";
  private static final int SMALLEST = 128;
  private static final int LARGEST = 10_240;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Binding binding;
  private final String path;
  private final RoleOptions role;
  private int memory = 512;
  private Duration timeout = ApiGatewayQuotas.INTEGRATION_TIMEOUT;
  private boolean recursiveLoop;

  HandlerOptions(Binding binding, String path) {
    this.binding = binding;
    this.path = path;
    this.role = new RoleOptions(binding, path);
  }

  /** Sets the function's memory in MiB, 128 to 10,240 (default: 512). AWS assigns CPU power in proportion to it. */
  public HandlerOptions memory(int mebibytes) {
    SourceLocation location = binding.declare("memory");
    if (mebibytes < SMALLEST || mebibytes > LARGEST) {
      binding.problem(
          location,
          "handler '" + path + "' has a memory of " + mebibytes + " MiB: use 128 to 10240");
    }
    memory = mebibytes;
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
    timeout = limit;
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
    binding.declare("allowRecursiveLoop");
    recursiveLoop = true;
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

  FunctionModel model() {
    return new FunctionModel(memory, timeout, recursiveLoop, role.allowed(), role.granted(), role.only());
  }
}
