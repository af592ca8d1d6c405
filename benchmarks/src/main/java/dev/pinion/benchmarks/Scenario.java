package dev.pinion.benchmarks;

import java.util.List;

/**
 * A program under load, and a bare server of {@code ws} that does the same.
 *
 * @param name the name of the figures
 * @param program the program's path, relative to the repository's root
 * @param peer the mode of the {@code ws} server
 * @param loads the loads, which are applied one after the other
 */
record Scenario(String name, String program, String peer, Load.Pattern pattern, List<Depth> loads) {
  Scenario {
    loads = List.copyOf(loads);
  }

  /**
   * A load.
   *
   * @param inFlight the number of messages that each sender keeps in flight
   * @param target the required ratio of the CPU time of {@code ws} to Pinion's; 0 for none
   */
  record Depth(int inFlight, double target) {}

  static final List<Scenario> ALL =
      List.of(
          new Scenario(
              "echo",
              "examples/echo/Echo.java",
              "echo",
              Load.Pattern.ECHO,
              List.of(new Depth(1, 1.1), new Depth(16, 8))),
          new Scenario(
              "broadcast",
              "benchmarks/programs/Broadcast.java",
              "broadcast",
              Load.Pattern.BROADCAST,
              List.of(new Depth(1, 1.2), new Depth(8, 4))),
          new Scenario(
              "chat",
              "examples/chat/Chat.java",
              "broadcast",
              Load.Pattern.BROADCAST,
              List.of(new Depth(1, 0), new Depth(8, 0))));

  int connections(MeasurementPlan plan) {
    return pattern == Load.Pattern.ECHO ? 50 : plan.connections();
  }

  int mostInFlight() {
    return loads.stream().mapToInt(Depth::inFlight).max().orElse(1);
  }
}
