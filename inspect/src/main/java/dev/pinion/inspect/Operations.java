package dev.pinion.inspect;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All operations that an app's resources offer, in the order of the resources. */
final class Operations {
  private final AppModel app;

  Operations(AppModel app) {
    this.app = app;
  }

  List<Use> all() {
    List<Use> all = new ArrayList<>();
    app.tables().forEach(table -> all.addAll(rows(table)));
    app.webSockets().forEach(webSocket -> {
      for (ConnectionOperation operation : ConnectionOperation.values()) {
        all.add(new Use.Connections(webSocket.id(), operation));
      }
    });
    app.httpApis().forEach(api -> all.add(new Use.HttpUrl(api.id())));
    app.tasks().forEach(task -> {
      for (TaskOperation operation : TaskOperation.values()) all.add(new Use.Start(task.id(), operation));
    });
    app.queues().forEach(queue -> all.add(new Use.Send(queue.id())));
    app.values().forEach(value -> all.add(new Use.Value(value.id())));
    return all;
  }

  List<Use> of(String resource) {
    return all().stream().filter(each -> each.resource().equals(resource)).toList();
  }

  private static List<Use> rows(TableModel table) {
    List<Use> all = new ArrayList<>();
    for (RowOperation operation : RowOperation.values()) {
      all.add(new Use.Rows(table.id(), operation, Optional.empty()));
    }
    for (RowOperation operation : List.of(RowOperation.QUERY, RowOperation.SCAN)) {
      table.indexes().forEach(index -> all.add(new Use.Rows(table.id(), operation, Optional.of(index.name()))));
    }
    return all;
  }
}
