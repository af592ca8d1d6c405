package dev.pinion.inspect;

import dev.pinion.spi.SourceLocation;

/**
 * Something that is wrong with an app, or may be.
 *
 * @param kind what it means
 * @param location the line that it is about
 * @param message what is wrong and what to do
 */
public record Finding(Kind kind, SourceLocation location, String message) {

  /** What a finding means. */
  public enum Kind {
    /** It fails whenever the handler is called, on every platform. */
    MISTAKE("error"),
    /** Define declares something else each time: the app runs on this machine, and not on AWS. */
    DIFFERENCE("error"),
    /** It may be otherwise on AWS, where define and the handlers run in many processes. */
    PHASE("warning"),
    /** A message that cannot be sent: the call that sends it fails, on every platform. */
    MESSAGE("warning"),
    /** A handler is allowed more than it may need, or less than it uses. */
    PERMISSION("warning");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** Whether the app must not be deployed. */
  public boolean isError() {
    return kind == Kind.MISTAKE || kind == Kind.DIFFERENCE;
  }

  /** As compilers say it: {@code Chat.java:8: error: message}. */
  @Override
  public String toString() {
    return location + ": " + kind.label + ": " + message;
  }
}
