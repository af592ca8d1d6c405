package dev.pinion.cli;

import dev.pinion.inspect.Use;
import dev.pinion.inspect.Use.ConnectionOperation;
import dev.pinion.inspect.Use.RowOperation;
import dev.pinion.spi.AppModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each handler may do: everything that the app's resources offer, as nothing says yet what it does. */
final class Uses {
  private Uses() {}

  static Map<String, List<Use>> of(AppModel model) {
    List<Use> all = new ArrayList<>();
    model.tables().forEach(table -> {
      for (RowOperation operation : RowOperation.values()) {
        all.add(new Use.Rows(table.id(), operation, Optional.empty()));
      }
      table.indexes()
          .forEach(index -> all.add(new Use.Rows(table.id(), RowOperation.QUERY, Optional.of(index.name()))));
    });
    model.webSockets().forEach(webSocket -> {
      for (ConnectionOperation operation : ConnectionOperation.values()) {
        all.add(new Use.Connections(webSocket.id(), operation));
      }
    });
    model.values().forEach(value -> all.add(new Use.Value(value.id())));
    Map<String, List<Use>> uses = new HashMap<>();
    model.webSockets().forEach(webSocket -> webSocket.routes().forEach(route -> uses.put(route.path(), all)));
    return uses;
  }
}
