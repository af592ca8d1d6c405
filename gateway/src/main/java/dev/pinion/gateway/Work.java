package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.util.Optional;
import java.util.function.Consumer;

/** One thing that a connection's handlers have to do. */
sealed interface Work {

  /** When it came up, in milliseconds since the epoch. */
  long at();

  /** How many bytes of memory it takes at most. */
  int weight();

  /**
   * The handshake's question to the authorizer.
   *
   * @param verdict who takes its decision, on any thread; empty if it failed
   */
  record Authorize(Event.Authorize event, Consumer<Optional<Authorized>> verdict) implements Work {
    @Override
    public long at() {
      return event.requestTimeEpoch();
    }

    @Override
    public int weight() {
      return 0;
    }
  }

  /**
   * The handshake's question.
   *
   * @param verdict who takes the answer, on any thread
   */
  record Connect(Event.Connect event, Consumer<Response> verdict) implements Work {
    @Override
    public long at() {
      return event.requestTimeEpoch();
    }

    @Override
    public int weight() {
      return 0;
    }
  }

  /**
   * A message that is not yet routed.
   *
   * @param at when it arrived, in milliseconds since the epoch
   */
  record Message(String body, long at) implements Work {
    /** What it takes beside its characters, each of which takes two bytes at most. */
    private static final int OBJECTS = 80;

    @Override
    public int weight() {
      return OBJECTS + 2 * body.length();
    }
  }

  /**
   * The connection's end.
   *
   * @param at when it ended, in milliseconds since the epoch
   */
  record Disconnect(CloseStatus status, long at) implements Work {
    @Override
    public int weight() {
      return 0;
    }
  }
}
