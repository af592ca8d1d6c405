package dev.pinion.benchmarks;

/**
 * The cost of one run of load.
 *
 * @param messages the number of frames that the clients received
 * @param cpuNanos the CPU time of the server's process, user and system
 * @param wallNanos the duration
 */
record Sample(long messages, long cpuNanos, long wallNanos) {

  /** The CPU time per message, in microseconds. */
  double cpuMicros() {
    return cpuNanos / 1e3 / messages;
  }

  /** The messages per second. */
  double rate() {
    return messages * 1e9 / wallNanos;
  }
}
