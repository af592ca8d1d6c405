package dev.pinion;

import dev.pinion.spi.ScheduleExpression;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TickModel;
import java.util.Optional;

/**
 * An EventBridge Scheduler schedule, whose ticks call a handler. Declared with {@link Cloud#schedule}.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">EventBridge Scheduler:
 *     schedule types</a>
 */
public final class Schedule {
  private final Binding binding;
  private final String id;
  private final ScheduleExpression expression;
  private final SourceLocation location;
  private Optional<Declared> declared = Optional.empty();

  /** The declared handler, whose options may still change. */
  private record Declared(TickHandler handler, HandlerOptions options, SourceLocation location) {}

  Schedule(String id, ScheduleExpression expression, SourceLocation location, Binding binding) {
    this.id = id;
    this.expression = expression;
    this.location = location;
    this.binding = binding;
  }

  /**
   * Declares the handler of the ticks. EventBridge Scheduler calls it at least once for each tick, within a minute, and
   * does not wait for the tick before. If it fails, Lambda calls it twice more: after one minute and then after two.
   */
  public HandlerOptions onTick(TickHandler handler) {
    SourceLocation here = binding.declare("onTick");
    declared.ifPresent(
        first -> binding.problem(here, this + " has two handlers, the first at " + first.location
            + ": remove one of them"));
    HandlerOptions options = new HandlerOptions(binding, id);
    declared = Optional.of(new Declared(handler, options, here));
    return options;
  }

  /** Ends the declaration. */
  ScheduleModel freeze() {
    if (declared.isEmpty()) {
      binding.problem(location, this + " has no handler: add onTick");
      onTick(_ -> {});
    }
    Declared handler = declared.orElseThrow();
    return new ScheduleModel(
        id, expression, new TickModel(id, handler.handler, handler.options.model(), handler.location), location);
  }

  @Override
  public String toString() {
    return "schedule '" + id + "'";
  }
}
