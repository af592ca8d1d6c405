package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.StoredMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes of a table that one call of its handler's function gets.
 *
 * @param table as its program declares it
 * @param messages at least one
 * @param then the batches that follow once this one has ended: the rest of one that Lambda has divided
 * @param failures what the handler threw, by the change
 * @param untried changes of rows of which an earlier change has failed
 */
record ChangeBatch(
    TableModel table, List<StoredMessage> messages, List<List<StoredMessage>> then,
    Map<StoredMessage, Throwable> failures, List<StoredMessage> untried) {

  ChangeBatch(TableModel table, List<StoredMessage> messages, List<List<StoredMessage>> then) {
    this(table, List.copyOf(messages), List.copyOf(then), new LinkedHashMap<>(), new ArrayList<>());
  }

  TableChange change(StoredMessage message) {
    return ChangeMessages.change(message, table);
  }

  /** Returns the two halves of this batch, and what follows it. */
  List<List<StoredMessage>> divided() {
    int middle = (messages.size() + 1) / 2;
    List<List<StoredMessage>> divided = new ArrayList<>();
    divided.add(messages.subList(0, middle));
    divided.add(messages.subList(middle, messages.size()));
    divided.addAll(then);
    return divided;
  }
}
