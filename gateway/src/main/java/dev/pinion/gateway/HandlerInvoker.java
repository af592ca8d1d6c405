package dev.pinion.gateway;

import dev.pinion.PayloadTooLargeException;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Invokes the integration with work, and turns its answer into what the client gets. Thread-safe. */
final class HandlerInvoker {
  private final Settings settings;
  private final Events events;

  HandlerInvoker(Settings settings, Events events) {
    this.settings = settings;
    this.events = events;
  }

  /** Returns whether the messages of a connection wait for each other. Any thread. */
  boolean isOrdered() {
    return settings.deployment().ordered();
  }

  /** Handles one piece of work. On the thread. */
  void handle(QueueClient client, HandlerThread thread, Work work) {
    Thread.interrupted();
    Deployment present = settings.deployment();
    if (!(work instanceof Work.Message)) thread.begins();
    try {
      switch (work) {
        case Work.Authorize authorize -> authorize(client, thread, authorize, present);
        case Work.Connect connect -> connect(client, thread, connect, present);
        case Work.Message message -> message(client, thread, message, present);
        case Work.Disconnect disconnect -> disconnect(client, thread, disconnect, present);
      }
    } catch (Throwable e) {
      broke(client, thread, work, e);
    }
  }

  /** An error of our own, or of the listener's, must not leave the client without an answer. */
  private void broke(QueueClient client, HandlerThread thread, Work work, Throwable bug) {
    try {
      settings.listener().broke(bug);
    } finally {
      if (work instanceof Work.Message && thread.unclaimed().isPresent() && thread.claim()) {
        client.complain("Internal server error", events.ids().request());
      }
    }
  }

  /** Asks the authorizer. Without one everybody is let in: it may be gone since the question came up. */
  private void authorize(QueueClient client, HandlerThread thread, Work.Authorize work, Deployment present) {
    Optional<Authorized> decided = Optional.empty();
    try {
      decided = present.access().authorizer().isPresent()
          ? decide(client, thread, work.event(), present)
          : Optional.of(new Authorized.Allowed(Map.of()));
    } finally {
      if (thread.claim()) {
        work.verdict().accept(decided);
      }
    }
  }

  /** Returns the authorizer's decision, empty when it failed and this has been reported. */
  private Optional<Authorized> decide(
      QueueClient client, HandlerThread thread, Event.Authorize call, Deployment present) {
    thread.event(call, present);
    try {
      return Optional.of(present.integration().authorize(call));
    } catch (HandlerTimeoutException e) {
      var _ = ended(client, thread, call, e);
    } catch (Throwable e) {
      failed(client, thread, call, e);
    }
    return Optional.empty();
  }

  /** Asks the handler. Without one everybody is let in: it may be gone since the question came up. */
  private void connect(QueueClient client, HandlerThread thread, Work.Connect connect, Deployment present) {
    Response response = Response.status(502);
    try {
      response = present.routes().keys().contains(RouteTable.CONNECT)
          ? invoke(client, thread, connect.event(), present).orElse(response)
          : Response.OK;
    } finally {
      if (thread.claim()) {
        connect.verdict().accept(response);
      }
    }
  }

  private void disconnect(QueueClient client, HandlerThread thread, Work.Disconnect disconnect, Deployment present) {
    if (present.routes().keys().contains(RouteTable.DISCONNECT)) {
      invoke(client, thread, events.of(client.context(), disconnect), present);
    }
  }

  private void message(QueueClient client, HandlerThread thread, Work.Message message, Deployment present) {
    RouteTable table = present.routes();
    String selected = table.select(message.body());
    Optional<String> route = table.match(selected);
    if (route.isEmpty()) {
      present.listener().unrouted(client.context(), table.unrouted(message.body(), selected));
      client.complain("Forbidden", events.ids().request());
      return;
    }
    Event.Message call = events.message(client.context(), message, route.get());
    Optional<String> reply = invoke(client, thread, call, present).flatMap(Response::body);
    if (reply.isPresent() && table.twoWay().contains(route.get())) {
      reply(client, thread, call, reply.get().getBytes(UTF_8));
    }
  }

  private void reply(QueueClient client, HandlerThread thread, Event.Message call, byte[] utf8) {
    int most = settings.profile().postBytes;
    if (utf8.length > most) {
      failed(
          client, thread, call, new PayloadTooLargeException("Reply of " + utf8.length + " bytes, over " + most));
    } else if (thread.claim()) {
      client.reply(utf8);
    }
  }

  /** Returns the handler's answer, empty when it failed and this has been reported. */
  private Optional<Response> invoke(QueueClient client, HandlerThread thread, Event call, Deployment present) {
    thread.event(call, present);
    try {
      Response response = present.integration().invoke(call, thread);
      int status = response.statusCode();
      if (status >= 100 && status <= 599) {
        return Optional.of(response);
      }
      failed(client, thread, call, new IllegalStateException("Not an HTTP status: " + status));
    } catch (HandlerTimeoutException e) {
      return ended(client, thread, call, e);
    } catch (Throwable e) {
      failed(client, thread, call, e);
    }
    return Optional.empty();
  }

  /** The integration has ended the handler itself; its client gets what {@link #interrupted} gives. */
  private Optional<Response> ended(QueueClient client, HandlerThread thread, Event call, HandlerTimeoutException why) {
    Profile profile = settings.profile();
    if (why.timeout().compareTo(profile.integrationTimeout) < 0) {
      failed(client, thread, call, why);
      return Optional.empty();
    }
    if (thread.claim()) {
      listener(thread).timedOut(call, false);
      if (call instanceof Event.Message) client.complain("Endpoint request timed out", call.requestId());
    }
    return Optional.of(Response.status(profile.connectTimeoutStatus));
  }

  private void failed(QueueClient client, HandlerThread thread, Event call, Throwable failure) {
    if (thread.claim()) {
      try {
        listener(thread).failed(call, failure);
      } finally {
        if (call instanceof Event.Message) {
          client.complain("Internal server error", call.requestId());
        }
      }
    }
  }

  /** Returns how long a thread's handler may take until it is interrupted. Any thread. */
  private long timeoutMillis(HandlerThread thread) {
    Profile profile = settings.profile();
    return thread.event()
        .map(event -> whose(thread).routes().timeoutOf(event.routeKey(), profile.integrationTimeout))
        .orElse(profile.integrationTimeout)
        .toMillis();
  }

  /**
   * Looks whether a thread's handler has run for too long. Any thread, under the lock of its queue.
   *
   * @param ran for how many milliseconds
   * @param answers takes what is then to be done without the lock
   * @return whether the handler was interrupted, and its queue goes on without it
   */
  boolean abandons(QueueClient client, HandlerThread thread, long ran, List<Runnable> answers) {
    if (ran >= timeoutMillis(thread)) {
      boolean answered = thread.isLate();
      boolean abandoned = thread.abandon();
      if (abandoned) {
        answers.add(() -> interrupted(client, thread, answered));
      }
      return abandoned;
    }
    if (ran >= settings.profile().integrationTimeout.toMillis() && thread.late()) {
      answers.add(() -> late(client, thread));
    }
    return false;
  }

  /** Answers the client of a handler that goes on: API Gateway waits no longer for it. Any thread. */
  private void late(QueueClient client, HandlerThread thread) {
    Work work = thread.unclaimed().orElseThrow();
    Event event = event(client, thread, work);
    listener(thread).timedOut(event, true);
    timedOut(client, work, event);
  }

  /**
   * Reports a handler that was interrupted at the end of its own timeout. Any thread.
   *
   * @param answered whether {@link #late} has answered the client
   */
  private void interrupted(QueueClient client, HandlerThread thread, boolean answered) {
    Work work = thread.unclaimed().orElseThrow();
    Event event = event(client, thread, work);
    GatewayListener listener = listener(thread);
    InterruptedHandlers.watch(thread, event, listener);
    Duration timeout = Duration.ofMillis(timeoutMillis(thread));
    if (!answered && timeout.compareTo(settings.profile().integrationTimeout) >= 0) {
      listener.timedOut(event, false);
      timedOut(client, work, event);
      return;
    }
    listener.failed(event, new HandlerTimeoutException(timeout));
    if (!answered) {
      switch (work) {
        case Work.Authorize authorize -> authorize.verdict().accept(Optional.empty());
        case Work.Connect connect -> connect.verdict().accept(Response.status(502));
        case Work.Message _ -> client.complain("Internal server error", event.requestId());
        case Work.Disconnect _ -> {
        }
      }
    }
  }

  private void timedOut(QueueClient client, Work work, Event event) {
    switch (work) {
      case Work.Authorize authorize -> authorize.verdict().accept(Optional.empty());
      case Work.Connect connect ->
          connect.verdict().accept(Response.status(settings.profile().connectTimeoutStatus));
      case Work.Message _ -> client.complain("Endpoint request timed out", event.requestId());
      case Work.Disconnect _ -> {
      }
    }
  }

  /** The listener of the program whose handler a thread runs; of the present one before it has begun. */
  private GatewayListener listener(HandlerThread thread) {
    return whose(thread).listener();
  }

  private Deployment whose(HandlerThread thread) {
    return thread.deployment().orElseGet(settings::deployment);
  }

  private Event event(QueueClient client, HandlerThread thread, Work work) {
    return thread.event().orElseGet(() -> events.of(client.context(), work));
  }
}
