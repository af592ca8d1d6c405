package dev.pinion.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What tests of tasks share. */
final class TaskTests {
  private TaskTests() {}

  /** A clock that only a test moves. */
  static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

    void set(Instant time) {
      if (time.isAfter(now)) now = time;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Starts a process with a main class of the tests. */
  static Process process(List<String> options, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Waits until no handler runs. */
  static void idle(Simulator simulator) {
    while (!simulator.handlerLoad().isIdle()) Thread.onSpinWait();
  }
}
