package dev.pinion.sim;

import dev.pinion.gateway.ConnectionStatus;
import dev.pinion.gateway.Gateway;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.ValueModel;
import dev.pinion.spi.WebSocketModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a run that its page looks at and changes; of programs, always the present one's. Any thread. */
final class Console {
  private final Run run;
  private final Programs programs;

  Console(Run run, Programs programs) {
    this.run = run;
    this.programs = programs;
  }

  /** Returns the newest dead letters of a task, queue or table; none for another id. */
  NewestLetters newestLetters(String id, int most) {
    for (ResourceModel each : model().resources()) {
      if (!each.id().equals(id)) continue;
      return switch (each) {
        case TaskModel _ -> triggers().tasks().newestLetters(id, most);
        case QueueModel _ -> triggers().queues().newestLetters(id, most);
        case TableModel table when table.onChange().isPresent() -> triggers().changes().newestLetters(table, most);
        case TableModel _, WebSocketModel _, ScheduleModel _, HttpApiModel _, ValueModel _ -> NewestLetters.NONE;
      };
    }
    return NewestLetters.NONE;
  }

  AppModel model() {
    return programs.current().model();
  }

  /** Returns the tables, without any check of permissions, and without faults. */
  Store store() {
    return run.checked;
  }

  Recording recording() {
    return run.recording;
  }

  /** Returns the faults that can be changed; empty if they cannot be. */
  Optional<Faults> faults() {
    return run.options.interactive ? run.options.faults : Optional.empty();
  }

  /** Returns whether somebody may change settings of the moment. */
  boolean isChangeable() {
    return run.options.interactive;
  }

  MomentSettings moment() {
    return run.moment;
  }

  Optional<MovableClock> clock() {
    return run.options.clock instanceof MovableClock movable ? Optional.of(movable) : Optional.empty();
  }

  /** Applies all limits of time, and calls the handlers of schedules and tasks that are due. */
  void sweep() {
    programs.triggers().due();
    gateways().values().forEach(Gateway::sweep);
    programs.httpApis().sweep();
    run.tables.sweep();
  }

  /** Returns the present program. */
  Generation program() {
    return programs.current();
  }

  AsyncTriggers triggers() {
    return programs.triggers();
  }

  CallsByHand byHand() {
    return run.byHand;
  }

  /** Returns the gateways of the WebSockets by their ids, in the order of declaration. */
  Map<String, Gateway> gateways() {
    return programs.gateways();
  }

  /** Returns the ids of the connections that are open, in the order in which they connected. */
  List<String> connectionIds() {
    return gateways().values().stream().flatMap(each -> each.connections(_ -> true, Integer.MAX_VALUE).stream())
        .map(ConnectionStatus::context).sorted(Comparator.comparingLong(each -> each.connectedAt()))
        .map(each -> each.connectionId()).toList();
  }

  /** Returns what sends to the connections of a WebSocket, without any check of permissions. */
  Optional<Sender> sender(String webSocketId) {
    return Optional.ofNullable(gateways().get(webSocketId))
        .map(each -> new RecordedSender(webSocketId, each.sender(), run.recording));
  }

  AppDescription description() {
    return programs.current().page().description(programs.triggers().next());
  }
}
