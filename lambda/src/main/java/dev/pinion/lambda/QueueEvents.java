package dev.pinion.lambda;

import dev.pinion.QueueMessage;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.BatchItems;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.Delivery;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.Lineage;
import dev.pinion.spi.QueueModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a queue, which Lambda's event source mapping sends: one or more messages. The answer names those that
 * have failed.
 *
 * <p>Source: Lambda developer guide, "Using Lambda with Amazon SQS": example events, and "Implementing partial batch
 * responses".
 */
final class QueueEvents implements FunctionEvents {
  private final ConsumerModel onMessage;
  private final boolean ordered;
  private final RecordCodec json;

  QueueEvents(ConsumerModel onMessage, QueueModel queue, RecordCodec json) {
    this.onMessage = onMessage;
    this.ordered = queue.fifo().isPresent();
    this.json = json;
  }

  @Override
  public Call read(String text) {
    try {
      List<Delivery> deliveries = new ArrayList<>();
      for (Members each : Members.of(text, json).objects("Records")) deliveries.add(delivery(each));
      return new Batch(deliveries);
    } catch (MismatchException e) {
      throw new IllegalArgumentException(
          "the event is not one of SQS, which this function handles: " + e.getMessage(), e);
    }
  }

  private static Delivery delivery(Members message) throws MismatchException {
    Members attributes = message.optionalObject("attributes");
    QueueMessage about = new QueueMessage(
        message.text("messageId"), (int) number(attributes, "ApproximateReceiveCount").orElse(1L).longValue(),
        number(attributes, "SentTimestamp").map(Instant::ofEpochMilli).orElseGet(Instant::now),
        attributes.optionalText("MessageGroupId"));
    return new Delivery(message.text("body"), about, Lineage.NONE);
  }

  /** SQS writes numbers as texts. */
  private static Optional<Long> number(Members attributes, String name) throws MismatchException {
    Optional<String> text = attributes.optionalText(name);
    try {
      return text.map(Long::parseLong);
    } catch (NumberFormatException e) {
      throw new MismatchException(attributes.path() + name + ": '" + text.orElse("") + "' is not a number");
    }
  }

  /** Messages that came together. */
  private final class Batch implements Call {
    private final List<Delivery> deliveries;

    Batch(List<Delivery> deliveries) {
      this.deliveries = List.copyOf(deliveries);
    }

    @Override
    public HandlerModel handler() {
      return onMessage;
    }

    @Override
    public String about() {
      return deliveries.size() == 1 ? about(deliveries.getFirst()) : " for " + deliveries.size() + " messages";
    }

    @Override
    public Map<String, String> ids() {
      return deliveries.size() == 1 ? ids(deliveries.getFirst()) : Map.of();
    }

    private Map<String, String> ids(Delivery delivery) {
      return Map.of("messageId", delivery.about().messageId());
    }

    private String about(Delivery delivery) {
      return " for message " + delivery.about().messageId();
    }

    /** A message that came alone fails as an invocation, so that Lambda counts an error. */
    @Override
    public String handle(ItemLog log) throws Exception {
      if (deliveries.size() == 1) {
        Dispatcher.dispatch(deliveries.getFirst(), onMessage, json);
        return answer(List.of());
      }
      return answer(BatchItems.failed(deliveries, ordered, each -> succeeds(each, log)));
    }

    private boolean succeeds(Delivery delivery, ItemLog log) {
      try {
        Dispatcher.dispatch(delivery, onMessage, json);
        return true;
      } catch (Throwable e) {
        log.failed(about(delivery), ids(delivery), e);
        return false;
      }
    }

    private String answer(List<Delivery> failed) {
      List<Map<String, String>> items =
          failed.stream().map(each -> Map.of("itemIdentifier", each.about().messageId())).toList();
      return json.write(Map.of("batchItemFailures", items));
    }
  }

  @Override
  public void rehearse() {
    var _ = read("{\"Records\":[{\"messageId\":\"m\",\"body\":\"{}\",\"attributes\":{\"SentTimestamp\":\"1\"}}]}");
    var _ = json.write(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m"))));
  }
}
