package dev.pinion.gateway;

import dev.pinion.PayloadTooLargeException;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One virtual thread that takes a {@link Lane}'s work and invokes the integration with it.
 *
 * <p>Its fields are guarded by the lane, save the event, and the stint, which is set before the thread runs.
 */
final class Drainer implements Runnable {
  private static final VarHandle EVENT = eventField();

  private final Hub hub;
  private final Connection connection;
  private final Lane lane;
  private final Thread thread;
  private boolean fresh = true;
  private boolean abandoned;
  private @Nullable Work work;
  private int weight;
  private long since;
  private long stint;
  /** Not volatile, as a store of one waits for memory; set with release. */
  private @Nullable Event event;

  Drainer(Hub hub, Connection connection, Lane lane) {
    this.hub = hub;
    this.connection = connection;
    this.lane = lane;
    thread = HandlerThreads.unstarted(this);
  }

  private static VarHandle eventField() {
    try {
      return MethodHandles.lookup().findVarHandle(Drainer.class, "event", Event.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void start() {
    thread.start();
  }

  /** It begins on the event loop's thread; takes the number of {@link Lead}. On that thread. */
  void onLoop(long number) {
    stint = number;
  }

  /** The number of {@link Lead} while it runs on the event loop's thread, 0 when it never did. */
  long stint() {
    return stint;
  }

  Lane lane() {
    return lane;
  }

  Thread thread() {
    return thread;
  }

  /** Whether it takes its first work; true once. */
  boolean fresh() {
    boolean first = fresh;
    fresh = false;
    return first;
  }

  void begin(@Nullable Work next, long now) {
    work = next;
    since = now;
    weight = next == null ? 0 : next.weight();
    event = null;
  }

  int weight() {
    return weight;
  }

  long since() {
    return since;
  }

  /** Whether a handler runs whose result still counts. */
  boolean isRunning() {
    return work != null;
  }

  boolean isBlocked() {
    return thread.getState() != Thread.State.RUNNABLE;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Its result is about to be used: from now on it cannot be late. */
  void claim() {
    if (!abandoned) {
      work = null;
    }
  }

  void abandon() {
    abandoned = true;
    thread.interrupt();
  }

  /** What it handles, empty between two works. */
  Optional<Event> event() {
    Event known = (Event) EVENT.getAcquire(this);
    if (known != null) {
      return Optional.of(known);
    }
    return work == null ? Optional.empty() : Optional.of(connection.event(work));
  }

  @Override
  public void run() {
    for (Work next = lane.next(this); next != null; next = lane.next(this)) {
      handle(next);
    }
    connection.flush();
  }

  private void handle(Work next) {
    Thread.interrupted();
    try {
      switch (next) {
        case Work.Connect connect -> connect(connect);
        case Work.Message message -> message(message);
        case Work.Disconnect disconnect -> disconnect(disconnect);
      }
    } catch (Throwable e) {
      hub.listener().broke(e);
    }
  }

  private void connect(Work.Connect connect) {
    Response response = invoke(connect.event()).orElse(Response.status(502));
    if (lane.claim(this)) {
      connect.verdict().accept(response);
    }
  }

  private void disconnect(Work.Disconnect disconnect) {
    if (hub.routes().keys().contains(Routes.DISCONNECT)) {
      invoke(connection.event(disconnect));
    }
  }

  private void message(Work.Message message) {
    Routes routes = hub.routes();
    String selected = routes.select(message.body());
    Optional<String> route = routes.match(selected);
    if (route.isEmpty()) {
      hub.listener().unrouted(connection.context(), selected);
      connection.complain("Forbidden", hub.ids().request());
      return;
    }
    Event.Message call = connection.event(message, route.get());
    Optional<String> reply = invoke(call).flatMap(Response::body);
    if (reply.isPresent() && routes.twoWay().contains(route.get())) {
      reply(call, reply.get().getBytes(UTF_8));
    }
  }

  private void reply(Event.Message call, byte[] utf8) {
    int most = hub.profile().postBytes;
    if (utf8.length > most) {
      failed(call, new PayloadTooLargeException("Reply of " + utf8.length + " bytes, over " + most));
    } else if (lane.claim(this)) {
      connection.reply(utf8);
    }
  }

  /** The handler's answer, empty when it failed and this has been told. */
  private Optional<Response> invoke(Event call) {
    EVENT.setRelease(this, call);
    try {
      Response response = hub.settings().integration().invoke(call);
      int status = response.statusCode();
      if (status >= 100 && status <= 599) {
        return Optional.of(response);
      }
      failed(call, new IllegalStateException("Not an HTTP status: " + status));
    } catch (Throwable e) {
      failed(call, e);
    }
    return Optional.empty();
  }

  private void failed(Event call, Throwable failure) {
    if (lane.claim(this)) {
      hub.listener().failed(call, failure);
      if (call instanceof Event.Message) {
        connection.complain("Internal server error", call.requestId());
      }
    }
  }

  /** The integration timeout has passed: tells the client, in the place of the handler. On any thread. */
  void timedOut() {
    Work late = Objects.requireNonNull(work);
    Event told = event().orElseThrow();
    hub.listener().timedOut(told);
    switch (late) {
      case Work.Connect connect -> connect.verdict().accept(Response.status(hub.profile().connectTimeoutStatus));
      case Work.Message _ -> connection.complain("Endpoint request timed out", told.requestId());
      case Work.Disconnect _ -> {
      }
    }
  }
}
