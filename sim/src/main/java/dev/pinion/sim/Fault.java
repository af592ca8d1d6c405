package dev.pinion.sim;

import java.util.List;
import java.util.Optional;

/**
 * Something that goes wrong on AWS now and then, to be provoked locally: by chance, or at a certain opportunity.
 *
 * @param kind what goes wrong
 * @param rate how likely it is at each opportunity, from 0 to 1
 * @param connectionId the only connection that it concerns; empty for all
 * @param routeKey the only route that it concerns, for faults of handlers; empty for all
 * @param after how many opportunities pass before the first one counts
 * @param times how often it happens at most
 */
public record Fault(
    Kind kind, double rate, Optional<String> connectionId, Optional<String> routeKey, int after, int times) {

  /** What goes wrong. */
  public enum Kind {
    /** A send finds that the connection is gone (410): it is lost in that moment, without a close frame. */
    POST_410("post:410", "a send found the connection gone (410)"),
    /** A send is throttled (429). */
    POST_429("post:429", "a send was throttled (429)"),
    /** The {@code $disconnect} of a connection never arrives, as API Gateway does not guarantee it. */
    DISCONNECT("disconnect", "$disconnect was lost"),
    /** A send is accepted, but the connection breaks before the client has the message. */
    RESET("reset", "the connection broke after a send"),
    /** A client stops reading: sends to it are accepted until its buffer is full, and throttled then. */
    STALL("stall", "the client stopped reading"),
    /** A handler's time is over after some of its sends and table operations. */
    TIMEOUT("timeout", "the handler timed out"),
    /** A request to an HTTP API is throttled (429) before its handler is called. */
    HTTP_429("http:429", "a request was throttled (429)"),
    /** A message is handled after the next one of its connection. */
    REORDER("reorder", "a message waits for the next one of its connection");

    final String text;
    final String happened;

    Kind(String text, String happened) {
      this.text = text;
      this.happened = happened;
    }
  }

  public Fault {
    if (!(rate >= 0 && rate <= 1)) throw new IllegalArgumentException("a rate is from 0 to 1, not " + rate);
    if (after < 0 || times < 0) throw new IllegalArgumentException("a number of opportunities is not negative");
  }

  /** A fault that happens at every opportunity. */
  public static Fault of(Kind kind) {
    return new Fault(kind, 1, Optional.empty(), Optional.empty(), 0, Integer.MAX_VALUE);
  }

  /** Returns a copy that happens with a likelihood, from 0 to 1. */
  public Fault rate(double likelihood) {
    return new Fault(kind, likelihood, connectionId, routeKey, after, times);
  }

  /** Returns a copy that concerns one connection. */
  public Fault to(String id) {
    return new Fault(kind, rate, Optional.of(id), routeKey, after, times);
  }

  /** Returns a copy that concerns one route, such as {@code $connect}: for faults of handlers. */
  public Fault on(String key) {
    return new Fault(kind, rate, connectionId, Optional.of(key), after, times);
  }

  /** Returns a copy that lets opportunities pass first. */
  public Fault after(int opportunities) {
    return new Fault(kind, rate, connectionId, routeKey, opportunities, times);
  }

  /** Returns a copy that happens so often at most. */
  public Fault times(int most) {
    return new Fault(kind, rate, connectionId, routeKey, after, most);
  }

  /**
   * Reads a fault as the command line has it, such as {@code post:410:0.05} or {@code disconnect:0.1}.
   *
   * @throws IllegalArgumentException if it is none; the message says which there are
   */
  public static Fault parse(String text) {
    for (Kind kind : Kind.values()) {
      if (!text.equals(kind.text) && !text.startsWith(kind.text + ":")) continue;
      try {
        return of(kind).rate(Double.parseDouble(text.substring(Math.min(text.length(), kind.text.length() + 1))));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + text + "' has no rate: write " + kind.text + ":0.05", e);
      }
    }
    List<String> all = java.util.Arrays.stream(Kind.values()).map(each -> each.text).toList();
    throw new IllegalArgumentException(
        "'" + text + "' is not a fault: write one of " + String.join(", ", all)
            + ", and its rate, such as post:410:0.05");
  }

  boolean concerns(Kind what, String connection, Optional<String> route) {
    return kind == what && connectionId.filter(id -> !id.equals(connection)).isEmpty()
        && routeKey.filter(key -> route.filter(key::equals).isEmpty()).isEmpty();
  }
}
