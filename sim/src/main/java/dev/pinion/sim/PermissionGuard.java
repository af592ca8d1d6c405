package dev.pinion.sim;

import dev.pinion.ForbiddenException;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.HandlerScope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Checks each operation on the app's resources against the role of the handler that performs it. An operation that is
 * allowed costs one look at a set of bits; only one that seems not to be costs a walk over the stack.
 *
 * <p>Until the app is inspected, operations are executed and remembered, once for each handler, and checked afterwards.
 * Any thread.
 */
final class PermissionGuard {
  private final PermissionMode mode;
  private final boolean onlyAppActs;
  private final OperationNumbers operations;
  private final Thread starter;
  private final PermissionMessages messages;
  private final AppLines lines;
  private final LogLine log;
  private final Map<Operation, Optional<String>> early = new ConcurrentHashMap<>();
  private final Set<Operation> reported = ConcurrentHashMap.newKeySet();
  private final Set<String> refusals;
  private final AtomicBoolean unknownReported = new AtomicBoolean();
  private final AppModel app;
  private volatile @Nullable Roles roles;

  /** An operation, by its number, of a handler; of no known handler if the path is empty. */
  record Operation(String handler, int number) {}

  /**
   * A guard of one program.
   *
   * @param starter the thread of whoever started the run, whose own operations are not checked
   * @param refusals receives a line for each operation that roles do not allow
   */
  PermissionGuard(SimulatorBuilder options, AppModel app, Thread starter, Set<String> refusals, LogLine log) {
    this.mode = options.permissions;
    this.onlyAppActs = options.onlyAppActs;
    this.app = app;
    this.starter = starter;
    this.refusals = refusals;
    this.operations = new OperationNumbers(app);
    this.messages = new PermissionMessages(mode, app);
    this.lines = AppLines.of(app);
    this.log = log;
  }

  OperationNumbers operations() {
    return operations;
  }

  /** Checks from now on against what an inspection derived, and what was done until now. */
  void inspected(Inspection inspection) {
    Roles known = Roles.of(inspection, app, operations);
    roles = known;
    early.forEach((operation, line) -> checkAfterwards(known, operation, line));
    early.clear();
  }

  /**
   * Checks an operation that the current thread is about to perform.
   *
   * @throws ForbiddenException if the role does not allow it and the mode is {@link PermissionMode#ENFORCE}
   */
  void check(int operation) {
    Roles known = roles;
    if (known != null && known.of(HandlerScope.currentHandler()).expects(operation)) return;
    Optional<ForbiddenException> refusal = refusal(operation);
    if (refusal.isPresent()) throw refusal.get();
  }

  /** As {@link #check}, but returns the exception. */
  Optional<ForbiddenException> refusal(int operation) {
    Roles known = roles;
    Optional<HandlerScope> scope = HandlerScope.current();
    if (known == null) {
      remember(scope, operation);
      return Optional.empty();
    }
    if (scope.isEmpty()) return unscoped(known, operation);
    String handler = scope.get().handler();
    Roles.HandlerRole role = known.of(handler);
    if (role.allows(operation)) {
      if (!role.derives(operation)) reportNotDerived(new Operation(handler, operation));
      return Optional.empty();
    }
    return switch (WorkOwner.of(scope.get(), role.derives(operation))) {
      case HANDLER -> refuse(known, new Operation(handler, operation));
      case SOME_HANDLER -> anyHandlers(known, operation);
      case OUTSIDE -> Optional.empty();
    };
  }

  private Optional<ForbiddenException> unscoped(Roles known, int operation) {
    if (known.anyAllows(operation) && unknownReported.get()) return Optional.empty();
    return switch (unscopedOwner()) {
      case OUTSIDE -> Optional.empty();
      case HANDLER, SOME_HANDLER -> anyHandlers(known, operation);
    };
  }

  private WorkOwner unscopedOwner() {
    return onlyAppActs ? WorkOwner.SOME_HANDLER : WorkOwner.ofUnscoped(starter);
  }

  /** An operation of work whose handler is not known: the roles of all handlers apply together. */
  private Optional<ForbiddenException> anyHandlers(Roles known, int operation) {
    if (unknownReported.compareAndSet(false, true)) log.warning(place("", lines.here()), messages.unknownOwner());
    return known.anyAllows(operation) ? Optional.empty() : refuse(known, new Operation("", operation));
  }

  private Optional<ForbiddenException> refuse(Roles known, Operation operation) {
    var use = operations.get(operation.number());
    if (reported.add(operation)) {
      boolean derived = known.of(operation.handler()).derives(operation.number());
      String message = messages.refused(operation.handler(), use, derived);
      String place = place(operation.handler(), lines.here());
      refusals.add(place + ": " + message);
      if (mode == PermissionMode.ENFORCE) log.error(place, message);
      else log.warning(place, message);
    }
    return mode == PermissionMode.ENFORCE
        ? Optional.of(new ForbiddenException(messages.exception(operation.handler(), use)))
        : Optional.empty();
  }

  private void reportNotDerived(Operation operation) {
    if (reported.add(operation)) {
      log.warning(
          place(operation.handler(), lines.here()),
          messages.notDerived(operation.handler(), operations.get(operation.number())));
    }
  }

  private void remember(Optional<HandlerScope> scope, int number) {
    Operation operation = new Operation(scope.map(HandlerScope::handler).orElse(""), number);
    if (early.containsKey(operation)) return;
    WorkOwner owner = scope.map(each -> WorkOwner.of(each, false)).orElseGet(this::unscopedOwner);
    if (owner == WorkOwner.OUTSIDE) return;
    if (owner == WorkOwner.SOME_HANDLER) operation = new Operation("", number);
    Optional<String> line = lines.here();
    if (early.putIfAbsent(operation, line) != null) return;
    Roles known = roles;
    if (known != null) checkAfterwards(known, operation, line);
  }

  private void checkAfterwards(Roles known, Operation operation, Optional<String> line) {
    String handler = operation.handler();
    boolean allowed =
        handler.isEmpty() ? known.anyAllows(operation.number()) : known.of(handler).allows(operation.number());
    if (allowed) return;
    boolean derived = known.of(handler).derives(operation.number());
    String message = messages.executedEarly(handler, operations.get(operation.number()), derived);
    refusals.add(place(handler, line) + ": " + message);
    log.warning(place(handler, line), message);
  }

  /** The line of the app that an operation is in, or the one that declares its handler. */
  private String place(String handler, Optional<String> line) {
    return line.orElseGet(() -> messages.declaration(handler));
  }
}
