package dev.pinion.sim;

import dev.pinion.gateway.DeployedHandler;
import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.Gateway;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.Event;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs that were replaced, as long as something of them runs. It refers to them weakly, so it keeps none. Any
 * thread.
 */
final class RetiredPrograms {
  private final List<Retired> all = new ArrayList<>();

  /** One program. */
  private record Retired(
      long number, List<WeakReference<PermissionGuard>> guard, Map<String, WeakReference<Deployment>> deployments,
      List<WeakReference<Thread>> threads) {

    boolean isOver() {
      return guard.stream().allMatch(each -> each.get() == null)
          && deployments.values().stream().allMatch(each -> each.get() == null)
          && threads.stream().noneMatch(RetiredPrograms::isAlive);
    }
  }

  /** Which program's WebSocket a deployment is of. */
  private record Whose(long number, String webSocketId) {}

  private static boolean isAlive(WeakReference<Thread> reference) {
    Thread thread = reference.get();
    return thread != null && thread.isAlive();
  }

  /** A program was replaced, which had started some threads. */
  synchronized void add(Generation program, Set<Thread> threads) {
    all.removeIf(Retired::isOver);
    Map<String, WeakReference<Deployment>> deployments = program.deployments().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> new WeakReference<>(each.getValue())));
    all.add(
        new Retired(
            program.number(), program.guard().stream().map(WeakReference::new).toList(), deployments,
            threads.stream().map(WeakReference::new).toList()));
  }

  /** Takes the result of an inspection of a replaced program, some handlers of which may still run. */
  synchronized void inspected(long program, Inspection inspection) {
    all.stream().filter(each -> each.number == program).flatMap(each -> each.guard.stream())
        .flatMap(each -> Stream.ofNullable(each.get())).forEach(guard -> guard.inspected(inspection));
  }

  /**
   * Returns a line for each handler and each thread of a replaced program that still runs, the oldest program first.
   *
   * @param gateways where handlers may run
   */
  synchronized List<String> running(Collection<Gateway> gateways) {
    all.removeIf(Retired::isOver);
    Map<Deployment, Whose> names = new HashMap<>();
    Map<Long, List<String>> lines = new TreeMap<>();
    for (Retired each : all) {
      each.deployments.forEach((id, reference) -> {
        Deployment deployment = reference.get();
        if (deployment != null) names.put(deployment, new Whose(each.number, id));
      });
      each.threads.stream().flatMap(reference -> Stream.ofNullable(reference.get())).filter(Thread::isAlive)
          .forEach(thread -> add(lines, each.number, text(thread)));
    }
    if (!names.isEmpty()) {
      gateways.stream().flatMap(gateway -> gateway.running(names::containsKey).stream()).forEach(handler -> {
        Whose whose = Objects.requireNonNull(names.get(handler.deployment()));
        add(lines, whose.number, text(whose.webSocketId, handler));
      });
    }
    return lines.values().stream().flatMap(List::stream).toList();
  }

  private static void add(Map<Long, List<String>> lines, long number, String line) {
    lines.computeIfAbsent(number, _ -> new ArrayList<>()).add("program " + number + ": " + line);
  }

  private static String text(Thread thread) {
    return "thread '" + thread.getName() + "' runs, at " + AppThreads.place(thread.getStackTrace());
  }

  private static String text(String webSocketId, DeployedHandler handler) {
    Event event = handler.event();
    return "handler " + webSocketId + "/" + event.routeKey() + " runs for connection "
        + event.connection().connectionId() + ", at "
        + AppThreads.place(handler.stack().toArray(StackTraceElement[]::new));
  }
}
