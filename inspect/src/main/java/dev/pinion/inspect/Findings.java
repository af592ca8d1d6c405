package dev.pinion.inspect;

import dev.pinion.spi.SourceLocation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been found of one handler. */
final class Findings {
  private final Map<Use, List<SourceLocation>> uses = new LinkedHashMap<>();
  private final Set<Use> certain = new LinkedHashSet<>();
  private final Map<String, HandlerUses.Doubt> doubts = new LinkedHashMap<>();
  private final Map<String, Mistake> mistakes = new LinkedHashMap<>();
  private final Map<String, List<SourceLocation>> changes = new LinkedHashMap<>();
  private final Map<String, Look> looks = new LinkedHashMap<>();
  private final Map<List<SourceLocation>, Optional<String>> messages = new LinkedHashMap<>();
  private final Set<Site> sites = new LinkedHashSet<>();
  private boolean everything;

  /** A call that a handler must not make. */
  record Mistake(String message, List<SourceLocation> path, boolean surely) {}

  /** A call with which define looks at what is another at each start. */
  record Look(Member call, Surroundings at, List<SourceLocation> path) {}

  /**
   * Takes note of a use.
   *
   * @param known whether the code says so, without a choice among several
   */
  void use(Use use, List<SourceLocation> path, boolean known) {
    if (known && certain.add(use)) uses.put(use, path);
    else if (known || !certain.contains(use)) uses.merge(use, path, Findings::nearer);
  }

  /** The shorter of two ways, then the one of earlier lines: a Map.of gives its values in another order each time. */
  private static List<SourceLocation> nearer(List<SourceLocation> one, List<SourceLocation> two) {
    int order = Integer.compare(one.size(), two.size());
    for (int i = 0; order == 0 && i < one.size(); i++) {
      order = Comparator.comparing(SourceLocation::file).thenComparingInt(SourceLocation::line)
          .compare(one.get(i), two.get(i));
    }
    return order <= 0 ? one : two;
  }

  /** Takes note of a place that calls an operation. */
  void visit(Site site) {
    sites.add(site);
  }

  /** The places that call operations, as far as they were followed. */
  Set<Site> sites() {
    return sites;
  }

  /** The uses that are not merely one of several that are possible. */
  Set<Use> certain() {
    return certain;
  }

  /**
   * Takes note of a doubt; one more says nothing where the handler is allowed everything.
   *
   * @param granted what the handler may do for it
   */
  void doubt(String reason, List<SourceLocation> path, List<Use> granted) {
    if (!everything) doubts.putIfAbsent(reason + path, new HandlerUses.Doubt(reason, path, granted));
  }

  /** Takes note that what a handler does cannot be known: it may do everything. */
  void giveUp(String reason, List<SourceLocation> path) {
    doubt(reason, path, List.of());
    everything = true;
  }

  /** Adds what code outside the app may do at any time with what define has given the process. */
  void addProcess(Findings process) {
    if (process.everything) {
      process.doubts.values().forEach(
          each -> giveUp(
              "what define has given the process may be called at any time, and there " + each.reason(), each.path()));
    }
    List<Use> more = process.uses.keySet().stream().filter(each -> !uses.containsKey(each)).toList();
    if (more.isEmpty()) return;
    doubt(
        "define has given the process an object that the JDK or a library may call at any time",
        process.uses.getOrDefault(more.getFirst(), List.of()), more);
    more.forEach(each -> use(each, process.uses.getOrDefault(each, List.of()), false));
  }

  void mistake(String message, List<SourceLocation> path, boolean surely) {
    String key = path.isEmpty() ? message : path.getLast().toString();
    Mistake known = mistakes.get(key);
    if (known == null || (surely && !known.surely())) mistakes.put(key, new Mistake(message, path, surely));
  }

  void look(Member call, Surroundings at, List<SourceLocation> path) {
    looks.putIfAbsent(call.toString() + path, new Look(call, at, path));
  }

  List<Look> looks() {
    return List.copyOf(looks.values());
  }

  void change(String what, List<SourceLocation> path) {
    changes.putIfAbsent(what, path);
  }

  /**
   * Takes note of what is wrong with a message that is sent. That nothing is wrong remains known: the more of the code
   * is followed, the more a message may be.
   */
  void message(Optional<String> problem, List<SourceLocation> path) {
    if (problem.isEmpty()) messages.put(path, problem);
    else messages.putIfAbsent(path, problem);
  }

  /** What is wrong with messages, by the lines that send them. */
  Map<List<SourceLocation>, String> messages() {
    Map<List<SourceLocation>, String> wrong = new LinkedHashMap<>();
    messages.forEach((path, problem) -> problem.ifPresent(each -> wrong.put(path, each)));
    return wrong;
  }

  /** What outlives a call and is changed by it. */
  Map<String, List<SourceLocation>> changes() {
    return changes;
  }

  Map<Use, List<SourceLocation>> uses() {
    return uses;
  }

  List<HandlerUses.Doubt> doubts() {
    return List.copyOf(doubts.values());
  }

  List<Mistake> mistakes() {
    return List.copyOf(mistakes.values());
  }

  /** Whether the handler may do everything, for all that is known. */
  boolean everything() {
    return everything;
  }
}
