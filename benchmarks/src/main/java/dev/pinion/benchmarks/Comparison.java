package dev.pinion.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of one load on both servers, round by round. Not thread-safe. */
final class Comparison {
  static final String HEAD =
      """
          | load | in flight | ws, µs each | Pinion, µs each | ratio | range | target | ws, messages/s | Pinion |
          |---|---|---|---|---|---|---|---|---|
          """;

  private final Scenario scenario;
  private final Scenario.Depth load;
  private final List<Sample> theirs = new ArrayList<>();
  private final List<Sample> ours = new ArrayList<>();

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

  void add(boolean own, Sample sample) {
    (own ? ours : theirs).add(sample);
  }

  /** Returns the last round as one line. */
  String last() {
    Sample other = theirs.getLast();
    Sample own = ours.getLast();
    return String.format(
        Locale.ROOT,
        "%s, %d in flight: ws %.3f, Pinion %.3f µs of CPU time per message, ratio %.2f",
        scenario.name(),
        load.inFlight(),
        other.cpuMicros(),
        own.cpuMicros(),
        other.cpuMicros() / own.cpuMicros());
  }

  /** Returns all rounds as a row of the table. */
  String row() {
    List<Double> other = theirs.stream().map(Sample::cpuMicros).toList();
    List<Double> own = ours.stream().map(Sample::cpuMicros).toList();
    Figures ratios = Figures.ratios(other, own);
    return "| " + String.join(
        " | ",
        scenario.name(),
        String.valueOf(load.inFlight()),
        new Figures(other).toString(),
        new Figures(own).toString(),
        ratios.toString(),
        ratios.range(),
        load.target() == 0 ? "" : "≥ " + load.target(),
        rate(theirs),
        rate(ours)) + " |\n";
  }

  private static String rate(List<Sample> samples) {
    return String.format(Locale.ROOT, "%,.0f", new Figures(samples.stream().map(Sample::rate).toList()).median());
  }
}
