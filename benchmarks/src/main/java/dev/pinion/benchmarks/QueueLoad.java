package dev.pinion.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Measures what a local queue takes: how many messages a second, and how long from the send to the handler's end. */
final class QueueLoad {
  private static final String RESULT = "queueing ";

  private QueueLoad() {}

  /** Returns the figures as a table in Markdown. */
  static String table(Repository repository, int rounds) throws IOException {
    List<Double> rate = new ArrayList<>();
    List<Double> median = new ArrayList<>();
    List<Double> slow = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      String[] figures = round(repository).substring(RESULT.length()).split(" ", -1);
      System.err.println("round " + round + ": " + String.join(" ", figures));
      rate.add(Double.parseDouble(figures[0]));
      median.add(Double.parseDouble(figures[1]));
      slow.add(Double.parseDouble(figures[2]));
    }
    return "| local queue | median | range |\n|---|---|---|\n"
        + row("messages a second, sent by 8 threads and handled", rate)
        + row("ms from `send` to the end of the handler, one at a time", median)
        + row("the same, 99 of 100", slow);
  }

  private static String row(String name, List<Double> values) {
    Figures figures = new Figures(values);
    return "| " + name + " | " + figures + " | " + figures.range() + " |\n";
  }

  private static String round(Repository repository) throws IOException {
    Path data = Files.createTempDirectory("pinion-benchmark");
    Process process = new ProcessBuilder(
        repository.root().resolve("pinion").toString(), "run",
        repository.root().resolve("benchmarks/programs/Queueing.java").toString(), "--data", data.toString(),
        "--no-reload").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(RESULT)) return line;
      }
      throw new IOException("the program has printed no figures");
    } finally {
      process.destroy();
      process.onExit().join();
      Repository.delete(data);
    }
  }
}
