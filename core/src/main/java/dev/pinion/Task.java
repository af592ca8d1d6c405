package dev.pinion;

import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskPayloads;
import dev.pinion.spi.TaskStarter;
import dev.pinion.spi.UnsupportedTypeException;
import java.time.Duration;
import java.util.Optional;

/**
 * Work that goes on after the handler that started it: a Lambda function that is invoked asynchronously, for up to 15
 * minutes. Declared with {@link Cloud#task}. {@link #onStart} declares the handler, and is called in {@link
 * App#define}; {@link #start} and {@link #startIn} are called in handlers, by any thread.
 *
 * <p>A start that has returned is not lost: the handler is called at least once for it. If it fails, it is called twice
 * more, and then the start is in the task's dead letters.
 *
 * @param <T> the type of the payload
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Lambda: asynchronous invocation</a>
 */
public final class Task<T> {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Binding binding;
  private final TaskBuilder<T> options;
  private TaskModel model;
  private Optional<Declared> declared = Optional.empty();

  /** The declared handler, whose options may still change. */
  private record Declared(TaskHandler<?> handler, HandlerOptions options, SourceLocation location) {}

  Task(TaskBuilder<T> options, Binding binding) {
    this.options = options;
    this.binding = binding;
    model = options.model(
        new StartModel(options.id(), _ -> {}, options.type(), new HandlerOptions(binding, options.id()).model(),
            options.location()));
  }

  /** Declares the handler of the starts. It may start its own task again. */
  public HandlerOptions onStart(TaskHandler<T> handler) {
    SourceLocation here = binding.declare("onStart");
    declared.ifPresent(
        first -> binding.problem(here, this + " has two handlers, the first at " + first.location
            + ": remove one of them"));
    HandlerOptions handlers = new HandlerOptions(binding, options.id());
    declared = Optional.of(new Declared(handler, handlers, here));
    return handlers;
  }

  /**
   * Starts the task: its handler is called soon, with a copy of the payload, and independently of the caller. Waits
   * until Lambda, or the local platform, has accepted the start.
   *
   * @throws PayloadTooLargeException if the payload has more than 1,000,000 bytes of JSON
   * @throws LimitExceededException if Lambda throttles the call
   * @throws ForbiddenException if the function's role does not allow it
   * @throws ServiceUnavailableException if Lambda does not answer; the start may have been accepted all the same
   * @throws PhaseException while {@code define} declares
   */
  public void start(T payload) {
    String json = json("start", payload);
    int bytes = TaskPayloads.bytes(json);
    if (bytes > TaskPayloads.LARGEST) throw tooLarge("start", bytes, TaskPayloads.LARGEST);
    starter("start").start(model, json);
  }

  /**
   * Starts the task after a delay, like {@link #start}. On AWS this is a one-time schedule of EventBridge Scheduler,
   * which calls the handler within a minute after its time and is deleted then. A start cannot be taken back.
   *
   * @param delay one second to 365 days; parts of a second count as one
   * @throws IllegalArgumentException for another delay
   * @throws PayloadTooLargeException if the payload has more than 262,144 bytes of JSON, where {@code <} counts as six
   */
  public void startIn(Duration delay, T payload) {
    if (delay.compareTo(SHORTEST) < 0 || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          at("startIn") + "the delay is " + delay + ": use one second to 365 days" + (delay.compareTo(SHORTEST) < 0
              ? ", or start"
              : ""));
    }
    String json = TaskPayloads.scheduled(json("startIn", payload));
    int bytes = TaskPayloads.bytes(json);
    if (bytes > TaskPayloads.LARGEST_SCHEDULED) throw tooLarge("startIn", bytes, TaskPayloads.LARGEST_SCHEDULED);
    starter("startIn").startIn(model, delay, json);
  }

  private TaskStarter starter(String call) {
    return binding.platform(model.id() + "." + call).tasks();
  }

  private String json(String call, T payload) {
    if (payload == null) throw new NullPointerException(at(call) + "the payload is null");
    try {
      return binding.platform(model.id() + "." + call).json().write(payload);
    } catch (UnsupportedTypeException e) {
      throw new IllegalArgumentException(at(call) + "this cannot be sent: " + e.getMessage(), e);
    }
  }

  private PayloadTooLargeException tooLarge(String call, int bytes, int most) {
    return new PayloadTooLargeException(
        at(call) + "the payload has " + bytes + " bytes of JSON, over " + most
            + ": keep it in a table or in S3, and pass its key");
  }

  /** Begins an error at a call. */
  private String at(String call) {
    return Callers.location() + ": " + model.id() + "." + call + ": ";
  }

  /** Ends the declaration. */
  TaskModel freeze() {
    if (declared.isEmpty()) {
      binding.problem(options.location(), this + " has no handler: add onStart");
      return model;
    }
    Declared handler = declared.get();
    model = options.model(
        new StartModel(options.id(), handler.handler, options.type(), handler.options.model(), handler.location));
    return model;
  }

  TaskModel model() {
    return model;
  }

  Binding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "task '" + options.id() + "'";
  }
}
