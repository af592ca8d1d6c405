package dev.pinion;

import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.FunctionModel.Limit;
import dev.pinion.spi.FunctionModel.Permission;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of the function that runs a handler. */
public final class HandlerOptions {
  private static final int SMALLEST = 128;
  private static final int LARGEST = 10_240;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Binding binding;
  private final String path;
  private final List<Permission> allowed = new ArrayList<>();
  private final List<Limit> only = new ArrayList<>();
  private int memory = 512;
  private Duration timeout = ApiGatewayQuotas.INTEGRATION_TIMEOUT;

  HandlerOptions(Binding binding, String path) {
    this.binding = binding;
    this.path = path;
  }

  /** The function's memory in MiB, 128 to 10,240; 512 unless told. AWS gives processor time in proportion to it. */
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
   * How long a call may take, whole seconds from 1 s to 15 min; 29 s unless told. API Gateway itself waits 29 s at
   * most.
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
   * Allows an AWS action that the handler uses by means of its own, such as another AWS client. What it does with the
   * app's own resources is derived from its code and need not be allowed.
   */
  public HandlerOptions allow(String action, String arn) {
    SourceLocation location = binding.declare("allow");
    if (!action.matches("[a-z0-9-]+:[A-Za-z0-9*]+")) {
      binding.problem(
          location,
          "handler '" + path + "' is allowed '" + action + "': write it like s3:GetObject");
    }
    if (!arn.startsWith("arn:")) {
      binding.problem(
          location, "handler '" + path + "' is allowed something on '" + arn + "': use an ARN");
    }
    allowed.add(new Permission(action, arn));
    return this;
  }

  /**
   * Limits what the handler may do with the app's resources on AWS to what its {@code only} calls name: with this table
   * these actions, such as {@code dynamodb:Scan}, on its indexes too. What the handler's code does not show stays
   * forbidden, named or not. For handlers of which more is derived than they do; compiling warns of a call that this
   * forbids.
   *
   * @param actions one at least
   */
  public HandlerOptions only(Table table, String... actions) {
    SourceLocation location = binding.declare("only");
    limit(table.toString(), table.model().id(), table.binding(), tableActions(), actions, location);
    return this;
  }

  /**
   * Limits what the handler may do, as {@link #only(Table, String...)} does: with connections of this WebSocket these
   * methods of {@code @connections}. {@code POST} is for sending, {@code DELETE} for disconnecting, {@code GET} for
   * {@link WebSocket#connection}.
   *
   * @param methods one at least
   */
  public HandlerOptions only(WebSocket webSocket, String... methods) {
    SourceLocation location = binding.declare("only");
    limit(
        webSocket.toString(),
        webSocket.model().id(),
        webSocket.binding(),
        connectionMethods(),
        methods,
        location);
    return this;
  }

  /**
   * Limits what the handler may do, as {@link #only(Table, String...)} does: it may read this secret. Configs are no
   * permission, and need not be named.
   */
  public HandlerOptions only(Secret secret) {
    SourceLocation location = binding.declare("only");
    ours(secret.toString(), secret.binding(), location);
    only.add(new Limit(secret.model().id(), List.of(), location));
    return this;
  }

  private void limit(
      String name, String id, Binding owner, Set<String> known, String[] actions, SourceLocation location) {
    ours(name, owner, location);
    if (actions.length == 0) {
      binding.problem(
          location, "handler '" + path + "' is limited to no action of " + name + ": name some of " + list(known)
              + ", or leave this only out, if another has what the handler may do");
    }
    for (String action : actions) {
      if (known.contains(action)) continue;
      String meant = known.stream().filter(each -> each.replaceFirst(".*:", "").equalsIgnoreCase(action)).findFirst()
          .map(each -> "write " + each)
          .orElseGet(() -> "use " + list(known));
      binding.problem(
          location, "handler '" + path + "' is limited to '" + action + "' of " + name + ", which is no such action: "
              + meant);
    }
    only.add(new Limit(id, List.of(actions), location));
  }

  private void ours(String name, Binding owner, SourceLocation location) {
    if (!owner.equals(binding)) {
      binding.problem(
          location, "handler '" + path + "' is limited to " + name + ", which is of another app, or of another run of"
              + " define: use what cloud gives here");
    }
  }

  private static Set<String> tableActions() {
    return Stream.of(RowOperation.values()).map(RowOperation::action).collect(Collectors.toSet());
  }

  private static Set<String> connectionMethods() {
    return Stream.of(ConnectionOperation.values())
        .filter(ConnectionOperation::needsPermission)
        .map(Enum::name)
        .collect(Collectors.toSet());
  }

  private static String list(Set<String> known) {
    return String.join(", ", new TreeSet<>(known));
  }

  FunctionModel model() {
    return new FunctionModel(memory, timeout, allowed, only);
  }
}
