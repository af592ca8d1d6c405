package dev.pinion.benchmarks;

import java.util.List;

/**
 * A program under load, and a bare server of {@code ws} that does the same.
 *
 * @param name the name of the figures
 * @param program the program's path, relative to the repository's root
 * @param peer the mode of the {@code ws} server
 * @param connections how many connections there are; 0 for those of the plan
 * @param payload how many bytes a message has
 * @param loads the loads, which are applied one after the other
 */
record Scenario(
    String name, String program, String peer, Load.Pattern pattern, int connections, int payload, List<Depth> loads) {
  Scenario {
    loads = List.copyOf(loads);
  }

  /**
   * A load.
   *
   * @param inFlight the number of messages that each sender keeps in flight
   * @param target the required ratio of the CPU time of {@code ws} to Pinion's; 0 for none
   * @param floor the highest ratio of Pinion's CPU time to that of the {@link BareServer}; 0 for none
   */
  record Depth(int inFlight, double target, double floor) {}

  private static final String ECHO = "examples/echo/Echo.java";

  static final List<Scenario> ALL =
      List.of(
          new Scenario("echo", ECHO, "echo", Load.Pattern.ECHO, 50, 64,
              List.of(new Depth(1, 1.1, 1.15), new Depth(16, 8, 1.35))),
          new Scenario("echo to 500", ECHO, "echo", Load.Pattern.ECHO, 500, 64, List.of(new Depth(1, 0, 1.15))),
          new Scenario("echo of 1 KiB", ECHO, "echo", Load.Pattern.ECHO, 50, 1024, List.of(new Depth(1, 0, 1.15))),
          new Scenario("broadcast", "benchmarks/programs/Broadcast.java", "broadcast", Load.Pattern.BROADCAST, 0, 64,
              List.of(new Depth(1, 1.2, 0), new Depth(8, 4, 0))),
          new Scenario("broadcast to 450", "benchmarks/programs/Room.java", "broadcast", Load.Pattern.BROADCAST, 450,
              64,
              List.of(new Depth(1, 0, 1.1), new Depth(8, 0, 1.15))),
          new Scenario("chat", "examples/chat/Chat.java", "broadcast", Load.Pattern.BROADCAST, 0, 64,
              List.of(new Depth(1, 0, 0), new Depth(8, 0, 0))));

  /** Whether a name that was given on the command line, such as {@code echo}, means this scenario. */
  boolean isMeant(String given) {
    return name.equals(given) || name.startsWith(given + " ");
  }

  int connections(MeasurementPlan plan) {
    return connections == 0 ? plan.connections() : connections;
  }

  int mostInFlight() {
    return loads.stream().mapToInt(Depth::inFlight).max().orElse(1);
  }
}
