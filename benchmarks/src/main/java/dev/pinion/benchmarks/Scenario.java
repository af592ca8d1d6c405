package dev.pinion.benchmarks;

import java.util.List;

/**
 * One program under load, beside a bare server of {@code ws} that does the same.
 *
 * @param name what the figures are called
 * @param program the program, from the repository's root
 * @param peer what the server of {@code ws} does
 * @param loads the loads, put on one after the other
 */
record Scenario(String name, String program, String peer, Load.Pattern pattern, List<Depth> loads) {
  Scenario {
    loads = List.copyOf(loads);
  }

  /**
   * A load.
   *
   * @param inFlight how many messages each sender keeps in flight
   * @param target how many times less CPU time than {@code ws} is to be reached, 0 for none
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

  int connections(Plan plan) {
    return pattern == Load.Pattern.ECHO ? 50 : plan.connections();
  }

  int mostInFlight() {
    return loads.stream().mapToInt(Depth::inFlight).max().orElse(1);
  }
}
