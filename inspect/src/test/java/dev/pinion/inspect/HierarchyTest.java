package dev.pinion.inspect;

import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What class-hierarchy analysis reaches in an app, some handler has been found to do, or it is explained.
final class HierarchyTest {
  private static final int FIRST = Integer.getInteger("pinion.first", 0);
  private static final int PROGRAMS = 60;
  /// Shapes of which define may take one of several cases, so that the others are not in what it leaves behind.
  private static final List<String> DECIDED_BY_DEFINE = List.of("Runnable switch expression", "Act conditional");

  @Test
  void whatTheHierarchyReachesIsFoundOrExplained() {
    List<RandomProgram> programs =
        IntStream.range(FIRST, FIRST + PROGRAMS).mapToObj(each -> RandomProgram.of(each, 1)).toList();
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) sources.put("P" + i, programs.get(i).source("P" + i));
    Programs.Loader loader = Programs.compile(sources);
    List<String> unexplained = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < programs.size(); i++) {
      RandomProgram program = programs.get(i);
      Set<String> coarse = Hierarchy.reached(loader, "P" + i);
      compared += coarse.size();
      coarse.removeAll(found(Judge.inspect(loader, "P" + i)));
      List<String> shapes = IntStream.range(0, program.handlers().size()).boxed()
          .flatMap(each -> program.shapes(each).stream()).toList();
      boolean explained = coarse.isEmpty() || DECIDED_BY_DEFINE.stream().anyMatch(shapes::contains);
      if (!explained) unexplained.add("P" + (FIRST + i) + " " + coarse + " " + shapes);
    }
    assertThat(compared).isGreaterThan(PROGRAMS);
    assertThat(unexplained).isEmpty();
  }

  /// What some handler does, by the methods of tables and WebSockets that do it.
  private static Set<String> found(Inspection inspection) {
    Set<Use> uses = inspection.handlers().stream().flatMap(each -> each.uses().keySet().stream())
        .collect(Collectors.toSet());
    Set<String> names = new TreeSet<>();
    PinionCalls.ROWS.forEach((name, operation) -> uses.stream()
        .filter(each -> each instanceof Use.Rows rows && rows.operation() == operation)
        .forEach(_ -> names.add(Table.class.getSimpleName() + "." + name)));
    PinionCalls.CONNECTIONS.forEach((name, operation) -> uses.stream()
        .filter(each -> each instanceof Use.Connections sends && sends.operation() == operation)
        .forEach(_ -> names.add(WebSocket.class.getSimpleName() + "." + name)));
    names.addAll(List.of("Table.transactGetItems", "Table.transactWriteItems", "WebSocket.onRoute"));
    return names;
  }
}
