package dev.pinion.benchmarks;

/**
 * What one run of load cost.
 *
 * @param messages how many frames the clients received
 * @param cpuNanos the CPU time of the server's process, user and system
 * @param wallNanos how long it took
 */
record Sample(long messages, long cpuNanos, long wallNanos) {

  /** CPU time in microseconds for each message. */
  double cpuMicros() {
    return cpuNanos / 1e3 / messages;
  }

  /** Messages in a second. */
  double rate() {
    return messages * 1e9 / wallNanos;
  }
}
