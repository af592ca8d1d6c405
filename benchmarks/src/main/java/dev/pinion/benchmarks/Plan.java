package dev.pinion.benchmarks;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds how often each server is started and put under load, in turns
 * @param warmUp how long a server is under load before it is measured
 * @param length how long it is measured
 * @param connections how many connections a broadcast goes to
 * @param idle how many connections stay open for the measurement of memory
 * @param starts how often a program is started
 */
record Plan(int rounds, Duration warmUp, Duration length, int connections, int idle, int starts) {

  /** A quarter of an hour. The JVM compiles what is hot for some five seconds. */
  static final Plan FULL = new Plan(7, Duration.ofSeconds(6), Duration.ofSeconds(3), 1000, 15_000, 15);

  Plan withRounds(int number) {
    return new Plan(number, warmUp, length, connections, idle, starts);
  }

  /** Less than a minute: shows that everything runs, and measures nothing. */
  static final Plan QUICK = new Plan(1, Duration.ofMillis(500), Duration.ofMillis(500), 200, 500, 2);
}
