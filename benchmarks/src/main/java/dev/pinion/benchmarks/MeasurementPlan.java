package dev.pinion.benchmarks;

import java.time.Duration;

/**
 * What to measure for how long.
 *
 * @param rounds how often each server is started and put under load, alternately
 * @param warmUp how long a server is under load before it is measured
 * @param length how long a server is measured
 * @param connections the number of connections that receive a broadcast
 * @param idle the number of idle connections for the measurement of memory
 * @param starts how often a program is started
 */
record MeasurementPlan(int rounds, Duration warmUp, Duration length, int connections, int idle, int starts) {

  /** Takes a quarter of an hour. The warm-up is longer than the five seconds for which the JVM compiles hot code. */
  static final MeasurementPlan FULL =
      new MeasurementPlan(7, Duration.ofSeconds(6), Duration.ofSeconds(3), 1000, 15_000, 15);

  MeasurementPlan withRounds(int number) {
    return new MeasurementPlan(number, warmUp, length, connections, idle, starts);
  }

  /** Takes less than a minute. Shows that everything runs; the figures mean nothing. */
  static final MeasurementPlan QUICK =
      new MeasurementPlan(1, Duration.ofMillis(500), Duration.ofMillis(500), 200, 500, 2);
}
