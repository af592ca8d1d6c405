package dev.pinion.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The figures of several rounds, in ascending order. */
record Figures(List<Double> values) {
  Figures {
    values = values.stream().sorted().toList();
  }

  /** The ratios of one server's figures to another's, round by round. */
  static Figures ratios(List<Double> above, List<Double> below) {
    return new Figures(
        IntStream.range(0, Math.min(above.size(), below.size()))
            .mapToObj(round -> above.get(round) / below.get(round))
            .toList());
  }

  double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /** The lowest and the highest figure. */
  String range() {
    return text(values.getFirst()) + " to " + text(values.getLast());
  }

  @Override
  public String toString() {
    return text(median());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%.0f", value);
  }
}
