package dev.pinion.sim;

import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.Integration;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.WebSocketModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The parts of a running app that its page looks at and changes. Any thread. */
final class Console {
  private final AppModel model;
  private final Store store;
  private final Recording recording;
  private final Optional<Faults> faults;
  private final Optional<MovableClock> clock;
  private final Runnable sweepTables;
  private final Map<String, RecordedHandlers> handlers = new ConcurrentHashMap<>();
  private final Map<String, Gateway> gateways = new LinkedHashMap<>();
  private volatile @Nullable Inspection inspection;

  /**
   * @param store the tables, without any check of permissions
   * @param sweepTables deletes the rows whose time is over
   */
  Console(AppModel model, Store store, SimulatorBuilder options, Recording recording,
      Runnable sweepTables) {
    this.model = model;
    this.store = store;
    this.recording = recording;
    this.sweepTables = sweepTables;
    faults = options.interactive ? options.faults : Optional.empty();
    clock = options.clock instanceof MovableClock movable ? Optional.of(movable) : Optional.empty();
  }

  AppModel model() {
    return model;
  }

  Store store() {
    return store;
  }

  Recording recording() {
    return recording;
  }

  /** Returns the faults that can be changed; empty if they cannot be. */
  Optional<Faults> faults() {
    return faults;
  }

  Optional<MovableClock> clock() {
    return clock;
  }

  /** Applies all limits of time. */
  void sweep() {
    gateways().values().forEach(Gateway::sweep);
    sweepTables.run();
  }

  /** Returns handlers whose calls are recorded while somebody looks. */
  Integration recorded(WebSocketModel webSocket, Integration all) {
    RecordedHandlers recorded = new RecordedHandlers(webSocket, all, recording);
    handlers.put(webSocket.id(), recorded);
    return recorded;
  }

  Optional<RecordedHandlers> handlers(String webSocketId) {
    return Optional.ofNullable(handlers.get(webSocketId));
  }

  /** A gateway has started. */
  synchronized void started(String webSocketId, Gateway gateway) {
    gateways.put(webSocketId, gateway);
  }

  /** Returns the gateways of the WebSockets by their ids, in the order of declaration. */
  synchronized Map<String, Gateway> gateways() {
    return new LinkedHashMap<>(gateways);
  }

  /** Returns what sends to the connections of a WebSocket, without any check of permissions. */
  Optional<Sender> sender(String webSocketId) {
    return Optional.ofNullable(gateways().get(webSocketId))
        .map(each -> new RecordedSender(webSocketId, each.sender(), recording));
  }

  void inspected(Inspection found) {
    inspection = found;
  }

  AppDescription description() {
    return AppDescription.of(model, Optional.ofNullable(inspection));
  }
}
