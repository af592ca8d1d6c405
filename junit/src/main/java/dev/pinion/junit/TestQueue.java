package dev.pinion.junit;

import dev.pinion.json.RecordCodec;
import dev.pinion.sim.DeadLetter;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.QueueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A queue of a test's app. Its handler is called as soon as a message is sent. After a delay, and again after a
 * failure, it is called when the test sets the clock ahead ({@link TestClock#advance}), and never by itself. Any
 * thread.
 */
public final class TestQueue {
  private final LocalApp app;
  private final QueueModel model;
  private final RecordCodec json = new RecordCodec();

  TestQueue(LocalApp app, QueueModel model) {
    this.app = app;
    this.model = model;
  }

  /**
   * Sends a message, as another program would, and waits until its handler has ended.
   *
   * @param message of the queue's type, or a text as it is
   */
  public void send(Object message) {
    app.simulator().send(model, message);
    app.settle();
  }

  /**
   * Returns the messages that are not handled: those whose delay is not over, or whose handler has failed or runs, and
   * all of a queue without a handler. The oldest first.
   *
   * @param type the type of the queue
   */
  public <T> List<T> messages(Class<T> type) {
    app.settle();
    return read(app.simulator().messages(model), type);
  }

  /** Returns the messages for which the handler has succeeded, in the order in which it has. */
  public <T> List<T> handled(Class<T> type) {
    app.settle();
    return read(
        app.queues().receives(model.id()).stream().filter(each -> each.failure().isEmpty())
            .map(QueueRecord.Receive::body).toList(),
        type);
  }

  /** Returns what the handler has failed to handle, the oldest first. */
  public List<DeadLetter> deadLetters() {
    app.settle();
    return app.simulator().deadLetters(model);
  }

  private <T> List<T> read(List<String> texts, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (String text : texts) {
      try {
        all.add(type == String.class ? type.cast(text) : json.read(text, type));
      } catch (MismatchException e) {
        throw new IllegalArgumentException(
            this + " has the message " + text + ", which is no " + type.getSimpleName() + ": " + e.getMessage(), e);
      }
    }
    return all;
  }

  /** Expects that the handler has succeeded for these messages, in this order, and for no others. */
  public void expectHandled(Object... messages) {
    expect("handled", handled(String.class), messages);
  }

  /** Expects these dead letters, in this order, and no others. */
  public void expectDeadLetters(Object... messages) {
    if (messages.length == 1 && messages[0] instanceof Integer && model.messageType().isRecord()) {
      throw new IllegalArgumentException(
          this + ": expectDeadLetters expects the messages themselves; deadLetters().size() is their number");
    }
    expect("dead letters", deadLetters().stream().map(DeadLetter::body).toList(), messages);
  }

  /** Expects that no message waits, and none is handled. */
  public void expectEmpty() {
    expect("messages", messages(String.class));
  }

  private void expect(String what, List<String> actual, Object... messages) {
    List<String> expected = Stream.of(messages).map(json::text).toList();
    if (actual.equals(expected)) return;
    StringBuilder text = new StringBuilder().append(this).append(" expected ").append(what).append(": ")
        .append(shown(expected)).append("\n  but it had ").append(shown(actual));
    app.queues().receives(model.id()).forEach(
        each -> text.append("\n    receive ").append(each.number()).append(" of ")
            .append(Transcript.shown(each.body()))
            .append(each.failure().map(failure -> ", which failed: " + failure).orElse("")));
    throw app.failures().of(text.toString(), expected, actual);
  }

  private static String shown(List<String> texts) {
    return texts.isEmpty() ? "none" : String.join(", ", texts.stream().map(Transcript::shown).toList());
  }

  @Override
  public String toString() {
    return "queue '" + model.id() + "'";
  }
}
