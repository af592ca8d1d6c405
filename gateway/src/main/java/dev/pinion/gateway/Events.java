package dev.pinion.gateway;

import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.MessageIds;

/** Makes events of work, each with ids of its own. Thread-safe. */
record Events(Ids ids) {

  /** Returns the event of a piece of work, without a route for a message that was not yet routed. */
  Event of(ConnectionContext context, Work work) {
    return switch (work) {
      case Work.Authorize authorize -> authorize.event();
      case Work.Connect connect -> connect.event();
      case Work.Message message -> message(context, message, "");
      case Work.Disconnect end -> new Event.Disconnect(
          context, ids.request(), end.at(), end.status().code(), end.status().reason());
    };
  }

  /** Returns a message's event on its route. */
  Event.Message message(ConnectionContext context, Work.Message message, String routeKey) {
    return new Event.Message(context, routeKey, new LateIds(ids), message.at(), message.body());
  }

  /** Ids that are made when somebody asks for them. Any thread. */
  private static final class LateIds implements MessageIds {
    private final Ids ids;
    private boolean made;
    private long seed;

    LateIds(Ids ids) {
      this.ids = ids;
    }

    private synchronized long seed() {
      if (!made) {
        seed = ids.next();
        made = true;
      }
      return seed;
    }

    @Override
    public String requestId() {
      return Ids.request(seed());
    }

    @Override
    public String messageId() {
      return Ids.message(seed());
    }
  }
}
