package dev.pinion.sim;

/** An app cannot run on this machine: a user's mistake. The message says what is wrong and what to do. */
public final class SimulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimulatorException(String message) {
    super(message);
  }

  SimulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
