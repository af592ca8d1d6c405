package dev.pinion.sim;

import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskOperation;
import dev.pinion.spi.ValueModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** All operations that an app's resources offer, numbered from 0, so that a role is a set of bits. Immutable. */
final class OperationNumbers {
  private final List<Use> all = new ArrayList<>();
  private final Map<Use, Integer> numbers = new HashMap<>();
  /** The numbers of operations on tables themselves, by the tables' ids. */
  private final Map<String, Map<RowOperation, Integer>> rows = new HashMap<>();

  OperationNumbers(AppModel app) {
    app.tables().forEach(this::add);
    app.webSockets().forEach(this::add);
    app.httpApis().forEach(each -> all.add(new Use.HttpUrl(each.id())));
    app.tasks().forEach(this::add);
    app.queues().forEach(each -> all.add(new Use.Send(each.id())));
    app.values().forEach(this::add);
    for (Use use : all) numbers.put(use, numbers.size());
  }

  private void add(TableModel table) {
    Map<RowOperation, Integer> own = new EnumMap<>(RowOperation.class);
    rows.put(table.id(), own);
    for (RowOperation operation : RowOperation.values()) {
      own.put(operation, all.size());
      all.add(new Use.Rows(table.id(), operation, Optional.empty()));
    }
    table.indexes().forEach(index -> {
      all.add(new Use.Rows(table.id(), RowOperation.QUERY, Optional.of(index.name())));
      all.add(new Use.Rows(table.id(), RowOperation.SCAN, Optional.of(index.name())));
    });
  }

  private void add(WebSocketModel webSocket) {
    for (ConnectionOperation operation : ConnectionOperation.values()) {
      all.add(new Use.Connections(webSocket.id(), operation));
    }
  }

  private void add(TaskModel task) {
    for (TaskOperation operation : TaskOperation.values()) all.add(new Use.Start(task.id(), operation));
  }

  private void add(ValueModel value) {
    all.add(new Use.Value(value.id()));
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  /** Returns the operation with a number. */
  Use get(int number) {
    return all.get(number);
  }

  /** Returns the number of an operation; empty for one on an index that the app does not declare. */
  Optional<Integer> number(Use use) {
    return Optional.ofNullable(numbers.get(use));
  }

  int rows(TableModel table, RowOperation operation) {
    return requireNonNull(requireNonNull(rows.get(table.id())).get(operation), "a table of the app");
  }

  /** Returns the number of reading a table or its index; an index that does not exist counts as the table. */
  int rows(TableModel table, RowOperation operation, Optional<String> index) {
    if (index.isEmpty()) return rows(table, operation);
    return number(new Use.Rows(table.id(), operation, index)).orElseGet(() -> rows(table, operation));
  }

  int connections(WebSocketModel webSocket, ConnectionOperation operation) {
    return number(new Use.Connections(webSocket.id(), operation)).orElseThrow();
  }

  int url(HttpApiModel api) {
    return number(new Use.HttpUrl(api.id())).orElseThrow();
  }

  int start(TaskModel task, TaskOperation operation) {
    return number(new Use.Start(task.id(), operation)).orElseThrow();
  }

  int send(QueueModel queue) {
    return number(new Use.Send(queue.id())).orElseThrow();
  }

  int value(ValueModel value) {
    return number(new Use.Value(value.id())).orElseThrow();
  }
}
