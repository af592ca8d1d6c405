package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of a table that one call of its handler's function gets.
 *
 * @param table as its program declares it
 * @param taken all changes that were taken together
 * @param messages those of them that this call gets, at least one
 * @param then the batches that follow once this one has ended: the rest of one that Lambda has divided
 * @param failures what the handler threw, by the change
 * @param untried changes of rows of which an earlier change has failed
 */
record ChangeBatch(
    TableModel table, List<StoredMessage> taken, List<StoredMessage> messages, List<List<StoredMessage>> then,
    Map<StoredMessage, Throwable> failures, List<StoredMessage> untried) {

  /** How long it takes until the second attempt, and twice as long each time; AWS does not say. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  ChangeBatch {
    taken = List.copyOf(taken);
    messages = List.copyOf(messages);
    then = then.stream().map(List::copyOf).toList();
  }

  private ChangeBatch(
      TableModel table, List<StoredMessage> taken, List<StoredMessage> messages, List<List<StoredMessage>> then) {
    this(table, taken, messages, then, new LinkedHashMap<>(), new ArrayList<>());
  }

  ChangeBatch(TableModel table, List<StoredMessage> taken) {
    this(table, taken, taken, List.of());
  }

  TableChange change(StoredMessage message) {
    return ChangeMessages.change(message, table);
  }

  /** Returns after how long a change that has failed is tried again; empty if it is a dead letter. */
  static Optional<Duration> again(StoredMessage failed) {
    return failed.receives() > ChangeModel.RETRIES ? Optional.empty()
        : Optional.of(FIRST_WAIT.multipliedBy(1L << (failed.receives() - 1)));
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

  /** Returns what follows this batch, without the rows of which a change of this batch comes again. */
  List<List<StoredMessage>> following() {
    Set<Optional<String>> wait = new HashSet<>();
    untried.forEach(each -> wait.add(each.group()));
    failures.keySet().stream().filter(each -> again(each).isPresent()).forEach(each -> wait.add(each.group()));
    return then.stream().map(batch -> batch.stream().filter(each -> !wait.contains(each.group())).toList())
        .filter(batch -> !batch.isEmpty()).toList();
  }

  /** Returns the first of the batches that follow, for a table as another program declares it. */
  ChangeBatch next(TableModel declared, List<List<StoredMessage>> following) {
    return new ChangeBatch(declared, taken, following.getFirst(), following.subList(1, following.size()));
  }
}
