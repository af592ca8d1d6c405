package dev.pinion.sim;

/** Why an app cannot run here: a user's mistake, whose message names what is wrong and what to do. */
public final class SimulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimulatorException(String message) {
    super(message);
  }

  SimulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
