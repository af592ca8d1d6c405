/** Compares Pinion with Node's {@code ws}: CPU time, memory, and the time to the first handshake. */
@NullMarked
package dev.pinion.benchmarks;

import org.jspecify.annotations.NullMarked;
