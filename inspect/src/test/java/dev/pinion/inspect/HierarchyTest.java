package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.inspect.Hierarchy.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Each place in the code that calls an operation and that class-hierarchy analysis reaches is visited for some
/// handler, or it is explained why not: a handler of which it is not known what it reaches may do everything, so that
/// the rest of its code is not followed; and define may have decided which code there is.
final class HierarchyTest {
  private static final int FIRST = Integer.getInteger("pinion.first", 0);
  private static final int PROGRAMS = Integer.getInteger("pinion.programs", 60);
  /// Shapes of which define may take one of several cases, so that the others are not in what it leaves behind.
  private static final List<String> DECIDED_BY_DEFINE = List.of("Runnable switch expression", "Act conditional");
  /// What orders the messages of the queue `fifo`: it runs where one is sent, but the coarse analysis reaches it from
  /// any call of a function.
  private static final String ORDERS = ".lambda$define$0(Ldev/pinion/Table;Ljava/lang/String;)";

  @Test
  void placesThatTheHierarchyReachesAreVisitedOrExplained() throws ReflectiveOperationException {
    List<RandomProgram> programs =
        IntStream.range(FIRST, FIRST + PROGRAMS).mapToObj(each -> RandomProgram.of(each, 1)).toList();
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) sources.put("P" + i, programs.get(i).source("P" + i));
    Programs.Loader loader = Programs.compile(sources);
    List<String> unexplained = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < programs.size(); i++) {
      RandomProgram program = programs.get(i);
      Visited visited = visited(loader, "P" + i);
      if (visited.everything()) continue;
      Set<Place> coarse = Hierarchy.reached(loader, "P" + i);
      compared += coarse.size();
      coarse.removeAll(visited.places());
      boolean sends = sources.getOrDefault("P" + i, "").contains("fifo.send");
      coarse.removeIf(place -> !sends && place.code().contains(ORDERS));
      List<String> shapes = IntStream.range(0, program.handlers().size()).boxed()
          .flatMap(each -> program.shapes(each).stream()).toList();
      boolean explained = coarse.isEmpty() || DECIDED_BY_DEFINE.stream().anyMatch(shapes::contains);
      if (!explained) unexplained.add("P" + (FIRST + i) + " " + coarse + " " + shapes);
    }
    assertThat(compared).isGreaterThan(PROGRAMS);
    assertThat(unexplained).isEmpty();
  }

  /// The places that handlers were found to reach, and whether one of them may do everything.
  private record Visited(Set<Place> places, boolean everything) {}

  private static Visited visited(Programs.Loader program, String name) throws ReflectiveOperationException {
    OpenedJdk jdk = OpenedJdk.find().orElseThrow();
    InspectLoader loader = new InspectLoader(program, program.names());
    Definition definition =
        Definition.of(loader.loadClass(name).asSubclass(App.class).getDeclaredConstructor().newInstance());
    loader.defined(jdk::isInitialized);
    definition.bind(new Observer());
    InspectedProgram inspected = InspectedProgram.of(definition.model(), loader, program, jdk);
    return DeepThread.call(() -> {
      List<Findings> all = new ArrayList<>(List.of(Analysis.process(inspected)));
      definition.model().handlers().forEach(each -> all.add(Analysis.handler(inspected, each)));
      return new Visited(
          all.stream().flatMap(each -> each.sites().stream()).map(HierarchyTest::place).collect(Collectors.toSet()),
          all.stream().anyMatch(Findings::everything));
    });
  }

  private static Place place(Site site) {
    if (site.code() != null) {
      return Place.of(site.code().owner().getName(), site.code().name(), site.code().descriptor(), site.at());
    }
    return site.context() instanceof Obj.Closure closure
        ? Place.ofReference(closure.target().owner(), closure.target().name())
        : new Place("", 0);
  }
}
