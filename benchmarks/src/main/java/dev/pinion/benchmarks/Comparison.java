package dev.pinion.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of one load on the three servers, round by round. Not thread-safe. */
final class Comparison {
  static final String HEAD =
      """
          | load | in flight | ws, µs | floor | Pinion | ws / Pinion | range | target \
          | Pinion / floor | range | target |
          |---|---|---|---|---|---|---|---|---|---|---|
          """;

  private final Scenario scenario;
  private final Scenario.Depth load;
  private final Map<Server, List<Sample>> samples = new EnumMap<>(Server.class);

  /** What is measured. */
  enum Server {
    /** Node's {@code ws}. */
    WS,
    /** The {@link BareServer}. */
    FLOOR,
    PINION
  }

  Comparison(Scenario scenario, Scenario.Depth load) {
    this.scenario = scenario;
    this.load = load;
  }

  Scenario scenario() {
    return scenario;
  }

  Scenario.Depth load() {
    return load;
  }

  void add(Server server, Sample sample) {
    samples.computeIfAbsent(server, _ -> new ArrayList<>()).add(sample);
  }

  private List<Double> micros(Server server) {
    return samples.getOrDefault(server, List.of()).stream().map(Sample::cpuMicros).toList();
  }

  /** Returns the last round as one line. */
  String last() {
    double pinion = micros(Server.PINION).getLast();
    double floor = micros(Server.FLOOR).getLast();
    return String.format(
        Locale.ROOT,
        "%s, %d in flight: ws %.3f, floor %.3f, Pinion %.3f µs of CPU time per message: %.2f times the floor",
        scenario.name(), load.inFlight(), micros(Server.WS).getLast(), floor, pinion, pinion / floor);
  }

  /** Returns all rounds as a row of the table. */
  String row() {
    List<Double> pinion = micros(Server.PINION);
    Figures ratios = Figures.ratios(micros(Server.WS), pinion);
    Figures floors = Figures.ratios(pinion, micros(Server.FLOOR));
    return "| " + String.join(
        " | ",
        scenario.name(),
        String.valueOf(load.inFlight()),
        new Figures(micros(Server.WS)).toString(),
        new Figures(micros(Server.FLOOR)).toString(),
        new Figures(pinion).toString(),
        ratios.toString(),
        ratios.range(),
        load.target() == 0 ? "" : "≥ " + load.target(),
        floors.toString(),
        floors.range(),
        load.floor() == 0 ? "" : "≤ " + load.floor()) + " |\n";
  }
}
