package dev.pinion.gateway;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/** A limit of a {@link Profile} that {@link Gateway#profile(Profile)} changes for connections that are open, too. */
public enum Limit {
  /** {@link Profile#idleTimeout}. */
  IDLE_TIMEOUT("idle time-out", Unit.MILLISECONDS, "a connection without messages is closed",
      profile -> profile.idleTimeout.toMillis(), (profile, value) -> profile.idleTimeout(Duration.ofMillis(value))),
  /** {@link Profile#lifetime}. */
  LIFETIME("connection duration", Unit.MILLISECONDS, "a connection is closed, whatever it does",
      profile -> profile.lifetime.toMillis(), (profile, value) -> profile.lifetime(Duration.ofMillis(value))),
  /** {@link Profile#integrationTimeout}. */
  INTEGRATION_TIMEOUT("integration time-out", Unit.MILLISECONDS, "a client waits no longer for a handler",
      profile -> profile.integrationTimeout.toMillis(),
      (profile, value) -> profile.integrationTimeout(Duration.ofMillis(value))),
  /** {@link Profile#frameBytes}. */
  FRAME_BYTES("frame size", Unit.BYTES, "a larger frame of a client closes its connection with 1009",
      profile -> profile.frameBytes, (profile, value) -> profile.frameBytes(Math.toIntExact(value))),
  /** {@link Profile#messageBytes}. */
  MESSAGE_BYTES("message size", Unit.BYTES, "a larger message of a client closes its connection with 1009",
      profile -> profile.messageBytes, (profile, value) -> profile.messageBytes(Math.toIntExact(value))),
  /** {@link Profile#postBytes}. */
  POST_BYTES("payload size", Unit.BYTES, "more cannot be sent to a connection at once: PayloadTooLargeException",
      profile -> profile.postBytes, (profile, value) -> profile.postBytes(Math.toIntExact(value))),
  /** {@link Profile#connectionRate}. */
  CONNECTION_RATE("new connections", Unit.PER_SECOND, "more are answered 429, once the burst is used up",
      profile -> profile.connectionRate, (profile, value) -> profile.connectionRate(Math.toIntExact(value))),
  /** {@link Profile#connectionBurst}. */
  CONNECTION_BURST("burst of new connections", Unit.COUNT, "more at once are answered 429",
      profile -> profile.connectionBurst, (profile, value) -> profile.connectionBurst(Math.toIntExact(value)));

  /** What a limit counts. */
  public enum Unit {
    /** A span of time. */
    MILLISECONDS(Duration.ofDays(1).toMillis()),
    /** A size. */
    BYTES(1 << 24),
    /** A rate. */
    PER_SECOND(100_000),
    /** A number. */
    COUNT(100_000);

    private final long most;

    Unit(long most) {
      this.most = most;
    }

    /** Returns the highest value of a limit with this unit; the lowest is 1. */
    public long most() {
      return most;
    }
  }

  private final String text;
  private final Unit unit;
  private final String meaning;
  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final ToLongFunction<Profile> value;
  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final BiFunction<Profile, Long, Profile> change;

  Limit(
      String text, Unit unit, String meaning, ToLongFunction<Profile> value,
      BiFunction<Profile, Long, Profile> change) {
    this.text = text;
    this.unit = unit;
    this.meaning = meaning;
    this.value = value;
    this.change = change;
  }

  /** Returns its name, for people. */
  public String text() {
    return text;
  }

  /** Returns what it counts. */
  public Unit unit() {
    return unit;
  }

  /** Returns what happens past it, for people. */
  public String meaning() {
    return meaning;
  }

  /** Returns its value in a profile. */
  public long of(Profile profile) {
    return value.applyAsLong(profile);
  }

  /**
   * Returns a profile with another value.
   *
   * @throws IllegalArgumentException if the value is below 1 or above that of its unit
   */
  public Profile in(Profile profile, long limit) {
    if (limit < 1 || limit > unit.most) {
      throw new IllegalArgumentException("The " + text + " must be from 1 to " + unit.most);
    }
    return change.apply(profile, limit);
  }
}
