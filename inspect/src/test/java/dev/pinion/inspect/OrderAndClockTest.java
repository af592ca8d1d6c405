package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The warnings about a `define` that depends on the order of an immutable set or map, on the clock or on chance.
final class OrderAndClockTest {
  private static final String SET = "static final Set<String> SET = Set.of(\"x\", \"y\");";

  private static List<Finding> findings(String statements) {
    return PhaseTest.findings(statements, SET);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "Set.of('x', 'y').forEach(each -> ws.onRoute(each, (c, b) -> {})); | Set.forEach | use List.of",
    "for (String each : Map.of('x', 1, 'y', 2).keySet()) ws.onRoute(each, (c, b) -> {}); | Set.iterator | List.of",
    "String s = Set.of('x', 'y').toString(); | Set.toString | use List.of",
    "String s = Map.of('x', 1, 'y', 2).toString(); | Map.toString | use List.of",
    "Object o = Set.of('x', 'y'); String s = o.toString(); | Object.toString | use List.of",
    "Object o = Set.of('x', 'y'); String s = String.valueOf(o); | String.valueOf | use List.of",
    "String s = '-' + Set.of('x', 'y'); | String.valueOf | use List.of",
    "String s = String.join(',', Set.of('x', 'y')); | String.join | use List.of",
    "String s = '%s'.formatted(Set.of('x', 'y')); | String.formatted | use List.of",
    "var s = new StringBuilder().append(Set.of('x', 'y')); | StringBuilder.append | use List.of",
    "record Both(Set<String> all) {} String s = new Both(Set.of('x', 'y')).toString(); | Objects.toString | List.of",
    "for (var each : new ArrayList<>(List.of(Set.of('x', 'y')))) each.forEach(x -> {}); | Set.forEach | List.of",
    "var l = new ArrayList<String>(); l.addAll(Set.of('x', 'y')); | ArrayList.addAll | use List.of",
    "var s = SET.iterator().next(); | Set.iterator | use List.of",
    "var s = Set.of('x', 'y').stream().map(x -> x + 1).toList(); | Stream.toList | use List.of",
    "var s = Set.copyOf(List.of('x', 'y')).stream().findFirst(); | Stream.findFirst | use List.of",
    "var s = Stream.of('x', 'y').collect(Collectors.toUnmodifiableSet()).iterator(); | Set.iterator | use List.of",
    "var s = Set.of('x', 'y').stream().collect(Collectors.joining()); | Stream.collect | use List.of",
    "var s = Collections.unmodifiableSet(Set.of('x', 'y')).iterator(); | Set.iterator | use List.of",
    "new ArrayList<>(Set.of('x', 'y')); | new ArrayList | use List.of",
  })
  void anOrderIsWarnedOf(String statements, String call, String advice) {
    assertWarned(statements, call, advice);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "Collections.shuffle(new ArrayList<>(List.of('x', 'y'))); | Collections.shuffle | write ids",
    "var t = java.time.chrono.IsoChronology.INSTANCE.dateNow(); | IsoChronology.dateNow | the clock",
    "java.time.chrono.Chronology c = java.time.chrono.IsoChronology.INSTANCE; var t = c.dateNow(); "
        + "| Chronology.dateNow | the clock",
    "var t = java.time.chrono.JapaneseDate.now(); | JapaneseDate.now | the clock",
    "var t = java.time.Year.now(java.time.Clock.systemUTC()); | Year.now | the clock",
    "var t = java.time.Clock.tickSeconds(java.time.ZoneOffset.UTC).instant(); | Clock.instant | the clock",
    "Supplier<java.time.LocalDate> s = java.time.LocalDate::now; s.get(); | LocalDate.now | the clock",
  })
  void theClockAndChanceAreWarnedOf(String statements, String call, String advice) {
    assertWarned(statements, call, advice);
  }

  private static void assertWarned(String statements, String call, String advice) {
    assertThat(findings(statements)).anySatisfy(each -> {
      assertThat(each.kind()).isEqualTo(Kind.PHASE);
      assertThat(each.message()).startsWith("define calls " + call).contains(advice);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "var s = Set.of('x', 'y'); s.contains('x'); Set<String> u = new HashSet<>(s); u.equals(s); s.hashCode(); "
        + "ws.onMessage((c, body) -> s.toString());",
    "boolean b = Map.of('x', 1, 'y', 2).keySet().contains('x'); ws.onMessage((c, body) -> {});",
    "var l = Set.of('x', 'y').stream().map(x -> x + 1).sorted().toList(); "
        + "l.forEach(each -> ws.onRoute(each, (c, body) -> {}));",
    "long n = Set.of('x', 'y').stream().filter(x -> x.isEmpty()).count(); "
        + "boolean b = Set.of(1, 2).stream().anyMatch(x -> x > 1); ws.onMessage((c, body) -> {});",
    "var m = Set.of('x', 'y').stream().collect(Collectors.toMap(x -> x, x -> 1)); ws.onMessage((c, body) -> {});",
    "List<String> l = new ArrayList<>(List.of('z')); l.removeAll(Set.of('x', 'y')); ws.onMessage((c, body) -> {});",
    "var l = new ArrayList<>(List.of(Set.of('x', 'y'))); for (var each : l) each.contains('x'); "
        + "var m = new LinkedHashMap<>(Map.of('k', Set.of('x', 'y'))); for (var each : m.values()) each.size(); "
        + "ws.onMessage((c, body) -> {});",
    "var fixed = java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC); "
        + "var t = java.time.LocalDate.now(fixed); "
        + "var u = java.time.Clock.offset(fixed, java.time.Duration.ofHours(1)).instant(); "
        + "ws.onMessage((c, body) -> {});",
    "Supplier<java.time.LocalDate> s = java.time.LocalDate::now; "
        + "Supplier<String> u = () -> Set.of('x', 'y').toString(); "
        + "var chronology = java.time.chrono.IsoChronology.INSTANCE; "
        + "Supplier<java.time.LocalDate> v = chronology::dateNow; ws.onMessage((c, body) -> { s.get(); v.get(); });",
  })
  void nothingIsToldOfWhatIsInOrder(String statements) {
    assertThat(findings(statements)).filteredOn(each -> each.kind() != Kind.PERMISSION).isEmpty();
  }
}
