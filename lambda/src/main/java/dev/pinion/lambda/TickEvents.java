package dev.pinion.lambda;

import dev.pinion.Tick;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.TickInput;
import dev.pinion.spi.TickModel;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a schedule, which EventBridge Scheduler sends: {@link TickInput} with its values, or the service's
 * default event if somebody has removed the input. An event without a time, such as <code>{}</code> from the console's
 * test, is a tick of now.
 *
 * <p>Source: EventBridge Scheduler user guide, "Adding context attributes" and "Using templated targets".
 */
final class TickEvents implements FunctionEvents {
  private final TickModel onTick;
  private final RecordCodec json;

  TickEvents(TickModel onTick, RecordCodec json) {
    this.onTick = onTick;
    this.json = json;
  }

  /** A tick of the schedule. Nobody reads the answer. */
  private record TickCall(Tick tick, TickModel onTick) implements Call {
    @Override
    public HandlerModel handler() {
      return onTick;
    }

    @Override
    public String about() {
      return " for the tick of " + tick.scheduledTime();
    }

    @Override
    public Map<String, String> ids() {
      return tick.executionId().isEmpty() ? Map.of() : Map.of("executionId", tick.executionId());
    }

    @Override
    public String handle(ItemLog log) throws Exception {
      Dispatcher.dispatch(tick, onTick);
      return "null";
    }
  }

  @Override
  public Call read(String text) {
    try {
      Members event = Members.of(text, json);
      return new TickCall(new Tick(time(event), either(event, TickInput.EXECUTION_ID, "id").orElse("")), onTick);
    } catch (MismatchException e) {
      throw new IllegalArgumentException(
          "the input is not an event of EventBridge Scheduler, which this function handles: " + e.getMessage(), e);
    }
  }

  private static Instant time(Members event) throws MismatchException {
    Optional<String> text = either(event, TickInput.SCHEDULED_TIME, "time");
    try {
      return text.map(Instant::parse).orElseGet(Instant::now);
    } catch (DateTimeException e) {
      throw new MismatchException("'" + text.orElse("") + "' is not a time such as 2026-01-31T09:00:00Z");
    }
  }

  private static Optional<String> either(Members event, String name, String otherwise) throws MismatchException {
    Optional<String> first = event.optionalText(name);
    return first.isPresent() ? first : event.optionalText(otherwise);
  }

  @Override
  public void rehearse() {
    var _ = read("{\"" + TickInput.SCHEDULED_TIME + "\":\"2026-01-31T09:00:00Z\"}");
  }
}
