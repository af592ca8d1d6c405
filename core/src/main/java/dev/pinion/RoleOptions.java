package dev.pinion;

import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.FunctionModel.ArnPart;
import dev.pinion.spi.FunctionModel.Grant;
import dev.pinion.spi.FunctionModel.Limit;
import dev.pinion.spi.FunctionModel.Permission;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.TaskOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a handler's options add to the role of its function, and what they exclude from it. */
final class RoleOptions {
  private final Binding binding;
  private final String path;
  private final List<Permission> allowed = new ArrayList<>();
  private final List<Grant> granted = new ArrayList<>();
  private final List<Limit> only = new ArrayList<>();

  /** The two kinds of options that name resources of the app, as messages call them. */
  private enum Option {
    ALLOW("is allowed"),
    ONLY("is limited to");

    private final String does;

    Option(String does) {
      this.does = does;
    }
  }

  RoleOptions(Binding binding, String path) {
    this.binding = binding;
    this.path = path;
  }

  void allow(String action, Arn arn, SourceLocation location) {
    if (!action.matches("[a-z0-9-]+:[A-Za-z0-9*]+")) {
      problem(location, "is allowed '" + action + "': write it like s3:GetObject");
    }
    List<ArnPart> parts = arn.parts().stream().map(part -> part(part, location)).toList();
    boolean wellFormed = parts.stream().findFirst()
        .filter(first -> first instanceof ArnPart.ConfigValue || first.toString().startsWith("arn:"))
        .isPresent();
    if (!wellFormed) problem(location, "is allowed something on '" + arn + "': use an ARN");
    allowed.add(new Permission(action, parts));
  }

  private ArnPart part(Object part, SourceLocation location) {
    switch (part) {
      case String text -> {
        return new ArnPart.Text(text);
      }
      case Config config -> {
        ours(Option.ALLOW, config.toString(), config.binding(), location);
        return new ArnPart.ConfigValue(config.model().id());
      }
      case Secret secret -> problem(
          location, "is allowed an ARN with the value of " + secret + ", which would be readable in the role: use a"
              + " config");
      default -> problem(
          location, "is allowed an ARN with a " + part.getClass().getName() + ": use strings and configs");
    }
    return new ArnPart.Text(part.toString());
  }

  /** Reports a config of another app as the value of an environment variable. */
  void checkOwner(Config config, SourceLocation location) {
    if (config.binding().equals(binding)) return;
    problem(
        location, "has an environment variable with " + config + ", which belongs to another app or to another run of"
            + " define: use what this define's cloud returned");
  }

  void allow(Table table, String[] actions, SourceLocation location) {
    check(Option.ALLOW, table.toString(), table.binding(), tableActions(), actions, location);
    granted.add(new Grant(table.model().id(), List.of(actions), location));
  }

  void allow(WebSocket webSocket, String[] methods, SourceLocation location) {
    check(
        Option.ALLOW, webSocket.toString(), webSocket.binding(), connectionMethods(), methods, location);
    granted.add(new Grant(webSocket.model().id(), List.of(methods), location));
  }

  void allow(Task<?> task, String[] actions, SourceLocation location) {
    check(Option.ALLOW, task.toString(), task.binding(), taskActions(), actions, location);
    granted.add(new Grant(task.model().id(), List.of(actions), location));
  }

  void allow(Secret secret, SourceLocation location) {
    ours(Option.ALLOW, secret.toString(), secret.binding(), location);
    granted.add(new Grant(secret.model().id(), List.of(), location));
  }

  void allow(MessageQueue<?> queue, SourceLocation location) {
    ours(Option.ALLOW, queue.toString(), queue.binding(), location);
    granted.add(new Grant(queue.model().id(), List.of(SqsQuotas.SEND_MESSAGE), location));
  }

  void only(MessageQueue<?> queue, SourceLocation location) {
    ours(Option.ONLY, queue.toString(), queue.binding(), location);
    only.add(new Limit(queue.model().id(), List.of(SqsQuotas.SEND_MESSAGE), location));
  }

  void only(Table table, String[] actions, SourceLocation location) {
    check(Option.ONLY, table.toString(), table.binding(), tableActions(), actions, location);
    only.add(new Limit(table.model().id(), List.of(actions), location));
  }

  void only(WebSocket webSocket, String[] methods, SourceLocation location) {
    check(
        Option.ONLY, webSocket.toString(), webSocket.binding(), connectionMethods(), methods, location);
    only.add(new Limit(webSocket.model().id(), List.of(methods), location));
  }

  void only(Task<?> task, String[] actions, SourceLocation location) {
    check(Option.ONLY, task.toString(), task.binding(), taskActions(), actions, location);
    only.add(new Limit(task.model().id(), List.of(actions), location));
  }

  void only(Secret secret, SourceLocation location) {
    ours(Option.ONLY, secret.toString(), secret.binding(), location);
    only.add(new Limit(secret.model().id(), List.of(), location));
  }

  private void check(
      Option option, String name, Binding owner, Set<String> known, String[] actions, SourceLocation location) {
    ours(option, name, owner, location);
    if (actions.length == 0) {
      problem(
          location, option.does + " no action of " + name + ": name some of " + list(known)
              + (option == Option.ONLY ? ", or omit this only if another one says what the handler may do" : ""));
    }
    for (String action : actions) {
      if (known.contains(action)) continue;
      String meant = known.stream().filter(each -> each.replaceFirst(".*:", "").equalsIgnoreCase(action)).findFirst()
          .map(each -> "write " + each)
          .orElseGet(() -> "use " + list(known));
      problem(location, option.does + " '" + action + "' of " + name + ", which is not such an action: " + meant);
    }
  }

  private void ours(Option option, String name, Binding owner, SourceLocation location) {
    if (!owner.equals(binding)) {
      problem(
          location, option.does + " " + name + ", which belongs to another app or to another run of define: use what"
              + " this define's cloud returned");
    }
  }

  private void problem(SourceLocation location, String message) {
    binding.problem(location, "handler '" + path + "' " + message);
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

  private static Set<String> taskActions() {
    return Stream.of(TaskOperation.values()).map(TaskOperation::action).collect(Collectors.toSet());
  }

  private static String list(Set<String> known) {
    return String.join(", ", new TreeSet<>(known));
  }

  List<Permission> allowed() {
    return allowed;
  }

  List<Grant> granted() {
    return granted;
  }

  List<Limit> only() {
    return only;
  }
}
