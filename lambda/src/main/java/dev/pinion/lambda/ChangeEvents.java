package dev.pinion.lambda;

import dev.pinion.AttributeType;
import dev.pinion.spi.BatchItems;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a table's stream, which Lambda's event source mapping sends: one or more changes. The answer names the
 * first one that has failed, with which Lambda begins again. If that is the first of several, the invocation fails, so
 * that Lambda divides the batch: otherwise those behind it would be given up with it.
 *
 * <p>Source: Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB": example event, and "Configuring partial
 * batch response".
 */
final class ChangeEvents implements FunctionEvents {
  private static final String SAMPLE = "{\"Records\":[{\"eventID\":\"1\",\"eventName\":\"INSERT\",\"dynamodb\":"
      + "{\"Keys\":{\"a\":{\"S\":\"a\"}},\"NewImage\":{\"a\":{\"S\":\"a\"}},\"SequenceNumber\":\"1\"}}]}";

  private static final TableModel REHEARSED = new TableModel(
      "rehearsal", new KeyAttribute("a", AttributeType.STRING), Optional.empty(), List.of(), Optional.empty(), false,
      false, new SourceLocation("none", 0));

  private final ChangeModel onChange;
  private final TableModel table;

  ChangeEvents(ChangeModel onChange, TableModel table) {
    this.onChange = onChange;
    this.table = table;
  }

  @Override
  public Call read(String text) {
    return new Batch(ChangeRecord.all(text, table));
  }

  /** Changes that came together. */
  private final class Batch implements Call {
    private final List<ChangeRecord> records;

    Batch(List<ChangeRecord> records) {
      this.records = List.copyOf(records);
    }

    @Override
    public HandlerModel handler() {
      return onChange;
    }

    @Override
    public String about() {
      return about(records.getFirst());
    }

    @Override
    public Map<String, String> ids() {
      return ids(records.getFirst());
    }

    private Map<String, String> ids(ChangeRecord each) {
      return Map.of("eventId", each.change().eventId());
    }

    private String about(ChangeRecord each) {
      return " for the " + each.change().type() + " of " + each.change().key() + " (event " + each.change().eventId()
          + ")";
    }

    @Override
    public String handle(ItemLog log) throws Exception {
      Dispatcher.dispatch(records.getFirst().change(), onChange);
      List<ChangeRecord> others = records.subList(1, records.size());
      Optional<ChangeRecord> failed = BatchItems.failed(others, true, each -> succeeds(each, log)).stream().findFirst();
      return "{\"batchItemFailures\":["
          + failed.map(each -> "{\"itemIdentifier\":\"" + each.sequenceNumber() + "\"}").orElse("") + "]}";
    }

    private boolean succeeds(ChangeRecord each, ItemLog log) {
      try {
        Dispatcher.dispatch(each.change(), onChange);
        return true;
      } catch (Throwable e) {
        log.failed(about(each), ids(each), e);
        return false;
      }
    }
  }

  @Override
  public void rehearse() {
    var _ = ChangeRecord.all(SAMPLE, REHEARSED);
  }
}
