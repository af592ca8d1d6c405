package dev.pinion.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a running app. Chance comes from a seed: of one connection, the same opportunities are taken in each
 * run, whatever other connections do meanwhile. Connections are counted in the order in which they connect.
 *
 * <p>Any thread.
 */
public final class Faults {
  private final long seed;
  private final List<Armed> armed = new CopyOnWriteArrayList<>();
  private final Map<String, FaultyConnection> connections = new ConcurrentHashMap<>();
  /** By HTTP API: its requests are counted together, as a client has no connection that lasts. */
  private final Map<String, FaultyConnection> apis = new ConcurrentHashMap<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger happened = new AtomicInteger();
  private volatile @Nullable LogLine log;
  private volatile boolean counts = true;

  /** Creates faults whose chance comes from a seed; there are none yet. */
  public Faults(long seed) {
    this.seed = seed;
  }

  /**
   * Creates faults that most runs never use: connections count only from {@link #count} or the first fault on, and
   * until then each event and operation costs one look.
   */
  static Faults idle(long seed) {
    Faults faults = new Faults(seed);
    faults.counts = false;
    return faults;
  }

  /** Returns the seed. */
  public long seed() {
    return seed;
  }

  /** Adds a fault, which happens from now on. */
  public void add(Fault fault) {
    counts = true;
    armed.add(new Armed(fault, number.incrementAndGet()));
  }

  /** Replaces all faults of a kind by one that happens at a rate, or by none if that is 0. */
  void rate(Fault.Kind kind, double rate) {
    armed.removeIf(each -> each.fault.kind() == kind);
    if (rate > 0) add(Fault.of(kind).rate(rate));
  }

  /** Returns the highest rate at which faults of a kind happen now. */
  double rate(Fault.Kind kind) {
    return armed.stream().filter(each -> each.fault.kind() == kind).mapToDouble(each -> each.fault.rate()).max()
        .orElse(0);
  }

  /** Removes all faults; what has gone wrong stays so. */
  public void clear() {
    armed.clear();
  }

  /** Returns how often a fault has happened. */
  public int happened() {
    return happened.get();
  }

  /** Returns whether a fault was ever added. */
  public boolean used() {
    return number.get() > 0;
  }

  void logTo(LogLine line) {
    log = line;
  }

  /** A client connects. */
  void connecting(String connectionId) {
    if (counts) connections.computeIfAbsent(connectionId, _ -> new FaultyConnection(connected.incrementAndGet()));
  }

  /**
   * Begins to count connections, as a fault may be added; does nothing if they are counted already. Those that are open
   * count in the order in which they connected.
   *
   * @param open gives their ids at this moment
   */
  synchronized void count(Supplier<List<String>> open) {
    if (counts) return;
    counts = true;
    List<String> before = open.get();
    before.forEach(this::connecting);
    Set<String> stillOpen = Set.copyOf(open.get());
    before.stream().filter(each -> !stillOpen.contains(each)).forEach(this::finished);
  }

  /** Nothing of a connection is left. */
  void finished(String connectionId) {
    connections.remove(connectionId);
  }

  /** Returns what is known of a connection; nothing that stays if it is over. */
  FaultyConnection of(String connectionId) {
    FaultyConnection known = connections.get(connectionId);
    return known == null ? new FaultyConnection(0) : known;
  }

  /** Returns how many connections are remembered. */
  int connections() {
    return connections.size();
  }

  /** Returns whether a fault happens to a connection now. */
  boolean strike(Fault.Kind kind, String connectionId, Optional<String> routeKey) {
    return strike(kind, "connection " + connectionId, of(connectionId), connectionId, routeKey);
  }

  /** Returns whether a fault happens to a request of an HTTP API now. */
  boolean strikeOf(String apiId, Fault.Kind kind, String requestId, Optional<String> routeKey) {
    return strike(kind, "request " + requestId, api(apiId), requestId, routeKey);
  }

  private FaultyConnection api(String id) {
    return apis.computeIfAbsent(id, _ -> new FaultyConnection(id.hashCode()));
  }

  private boolean strike(
      Fault.Kind kind, String whose, FaultyConnection connection, String id, Optional<String> routeKey) {
    for (Armed each : armed) {
      if (each.fault.concerns(kind, id, routeKey) && each.strikes(connection)) {
        happened.incrementAndGet();
        LogLine line = log;
        if (line != null) {
          line.event("fault: " + kind.happened + routeKey.map(key -> ", route " + key).orElse("") + ", " + whose
              + " (seed " + seed + ")");
        }
        return true;
      }
    }
    return false;
  }

  /** Returns a number below a bound, by the seed and what has happened to a connection. */
  int chosen(String connectionId, int bound) {
    return random(of(connectionId), 0, happened.get()).nextInt(bound);
  }

  /** Returns a number below a bound, by the seed and what has happened to an HTTP API. */
  int chosenOf(String apiId, int bound) {
    return random(api(apiId), 0, happened.get()).nextInt(bound);
  }

  private SplittableRandom random(FaultyConnection connection, int fault, int opportunity) {
    long who = connection.number;
    SplittableRandom random = new SplittableRandom(seed * 31 + fault);
    return new SplittableRandom(random.nextLong() ^ who * 0x9E3779B97F4A7C15L ^ opportunity * 0xBF58476D1CE4E5B9L);
  }

  private final class Armed {
    private final Fault fault;
    private final int number;
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger left;

    Armed(Fault fault, int number) {
      this.fault = fault;
      this.number = number;
      left = new AtomicInteger(fault.times());
    }

    boolean strikes(FaultyConnection connection) {
      int own = connection.opportunity(number);
      if (all.incrementAndGet() <= fault.after()) return false;
      if (fault.rate() < 1 && random(connection, number, own).nextDouble() >= fault.rate()) return false;
      return left.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
    }
  }
}
