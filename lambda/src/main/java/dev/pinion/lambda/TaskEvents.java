package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.Lineage;
import dev.pinion.spi.StartModel;

/**
 * The events of a task: the payload itself, from an asynchronous invocation or from a one-time schedule.
 *
 * <p>Source: Lambda developer guide, "Invoking a Lambda function asynchronously".
 */
final class TaskEvents implements FunctionEvents {
  private final StartModel onStart;
  private final RecordCodec json;

  TaskEvents(StartModel onStart, RecordCodec json) {
    this.onStart = onStart;
    this.json = json;
  }

  /** A start of the task. Nobody reads the answer. */
  private record StartCall(String payload, StartModel onStart, RecordCodec json) implements Call {
    @Override
    public HandlerModel handler() {
      return onStart;
    }

    @Override
    public String about() {
      return "";
    }

    /** Calls the handler. Lambda itself counts the calls that have led here. */
    @Override
    public String handle(ItemLog log) throws Exception {
      try {
        Dispatcher.dispatch(payload, onStart, Lineage.NONE, json);
      } catch (MismatchException e) {
        throw new IllegalArgumentException("the payload is not of the task's type: " + e.getMessage(), e);
      }
      return "null";
    }
  }

  @Override
  public Call read(String text) {
    return new StartCall(text, onStart, json);
  }

  @Override
  public void rehearse() {
    try {
      var _ = json.read("{}", onStart.payloadType());
    } catch (MismatchException _) {
      // an object without members is not every task's payload, but the codec has been prepared
    }
  }
}
