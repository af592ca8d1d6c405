package dev.pinion.junit;

import dev.pinion.junit.Connected.Binary;
import dev.pinion.junit.Connected.End;
import dev.pinion.junit.Connected.Received;
import dev.pinion.junit.Connected.Text;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A WebSocket client of a test, connected. What it receives is expected in its order: each expectation takes the next
 * message, waits for it, and fails if it is another one or if none arrives in time. Any thread.
 */
public final class TestClient {
  private static final Duration QUIET = Duration.ofMillis(500);

  private final Pinion pinion;
  private final Connected connection;
  private final String name;
  private final Duration limit;

  TestClient(Pinion pinion, Connected connection, String name, Duration limit) {
    this.pinion = pinion;
    this.connection = connection;
    this.name = name;
    this.limit = limit;
  }

  /** Returns this client with another time limit for its expectations: {@code ann.within(ofSeconds(9)).expect("x")}. */
  public TestClient within(Duration time) {
    return new TestClient(pinion, connection, name, time);
  }

  /**
   * Returns its connection id, as the app's handlers get it.
   *
   * <p>A deployed app does not reveal it: the test is aborted then.
   */
  public String id() {
    return pinion.local("TestClient.id").id(connection.wire());
  }

  /** Returns the subprotocol that the app has chosen; empty without one. */
  public Optional<String> subprotocol() {
    return connection.wire().header("Sec-WebSocket-Protocol");
  }

  /** Sends a text message. */
  public void send(String message) {
    say("-> \"" + Transcript.shown(message) + '"');
    connection.send(Wire.TEXT, message.getBytes(UTF_8));
  }

  /** Sends a record as JSON. */
  public void send(Record message) {
    send(JsonComparison.CODEC.write(message));
  }

  /**
   * Sends a record as JSON to a route: with the member that selects it, such as {@code action}, added in front.
   *
   * @throws IllegalArgumentException if the WebSocket's route selection expression is more than one member
   */
  public void send(String routeKey, Record message) {
    String json = JsonComparison.CODEC.write(message);
    String selector =
        JsonComparison.CODEC.write(pinion.selector(connection)) + ":" + JsonComparison.CODEC.write(routeKey);
    send("{" + selector + (json.equals("{}") ? "" : ",") + json.substring(1));
  }

  /** Sends a text message in several frames. */
  public void sendFragments(String... parts) {
    say("-> \"" + Transcript.shown(String.join("", parts)) + "\" in " + parts.length + " frames");
    connection.send(Wire.TEXT, Stream.of(parts).map(each -> each.getBytes(UTF_8)).toArray(byte[][]::new));
  }

  /** Sends a binary message, which API Gateway does not support. */
  public void sendBinary(byte[] message) {
    say("-> a binary message of " + message.length + " bytes");
    connection.send(Wire.BINARY, message);
  }

  /** Closes with 1000, and waits until the server has answered. */
  public void close() {
    close(1000, "");
  }

  /** Closes with a code and a reason, and waits until the server has answered. A code of 1005 sends none. */
  public void close(int code, String reason) {
    say("closes with " + new Closed(code, reason));
    connection.close(code, reason);
    awaitEnd();
  }

  private void awaitEnd() {
    long end = System.nanoTime() + limit.toNanos();
    while (!connection.isOver() && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(100_000);
    }
    pinion.ifLocal(app -> app.awaitEnd(id(), limit));
  }

  /** Breaks the connection with a TCP reset, as a client that crashes; waits until a local server has noticed. */
  public void reset() {
    say("resets the connection");
    connection.reset();
    awaitEnd();
  }

  /** Stops reading: what the server sends waits, until it does not fit any more. */
  public void stall() {
    say("stops reading");
    connection.stalled(true);
  }

  /** Reads on after {@link #stall}. */
  public void resume() {
    say("reads on");
    connection.stalled(false);
  }

  /** Returns the next message. */
  public String next() {
    return text("a message");
  }

  /** Expects a text message. */
  public void expect(String message) {
    String expected = '"' + Transcript.shown(message) + '"';
    String actual = text(expected);
    if (!actual.equals(message)) {
      throw failed(expected, new Text(actual).toString(), message, actual);
    }
  }

  /** Expects a text message that has a property. */
  public String expect(String property, Predicate<String> isExpected) {
    String actual = text("a message that " + property);
    if (isExpected.test(actual)) return actual;
    throw failed("a message that " + property, new Text(actual).toString(), property, actual);
  }

  /** Expects a message that is JSON of a type, and returns it; members that the type does not have are skipped. */
  public <T> T expect(Class<T> type) {
    String what = "a " + type.getSimpleName();
    String actual = text(what);
    try {
      return JsonComparison.CODEC.read(actual, type);
    } catch (MismatchException e) {
      throw failed(what, new Text(actual) + ", which does not fit: " + e.getMessage(), type.getSimpleName(), actual);
    }
  }

  /** Expects a record as JSON. */
  public void expect(Record message) {
    Record actual = expect(message.getClass());
    if (!actual.equals(message)) throw failed(message.toString(), actual.toString(), message, actual);
  }

  /** Expects JSON; the order of members, spaces and the form of numbers do not matter. */
  public void expectJson(String json) {
    String actual = text(json);
    JsonComparison.difference(json, actual).ifPresent(different -> {
      throw failed(Transcript.shown(json), new Text(actual) + "\n  difference: " + different, json, actual);
    });
  }

  /** Expects text messages in any order, with nothing else between them. */
  public void expectAll(String... messages) {
    List<String> left = new ArrayList<>(List.of(messages));
    while (!left.isEmpty()) {
      String expected = left.stream().map(each -> new Text(each).toString()).collect(Collectors.joining(" or "));
      String actual = text(expected);
      if (!left.remove(actual)) {
        throw failed(expected, new Text(actual).toString(), Arrays.toString(messages), actual);
      }
    }
  }

  /** Expects records as JSON in any order, with nothing else between them. */
  public void expectAll(Record... messages) {
    List<Record> left = new ArrayList<>(List.of(messages));
    while (!left.isEmpty()) {
      String expected = left.stream().map(Record::toString).collect(Collectors.joining(" or "));
      String actual = text(expected);
      Optional<Record> found = left.stream()
          .filter(each -> JsonComparison.difference(JsonComparison.CODEC.write(each), actual).isEmpty()).findFirst();
      if (found.isEmpty()) {
        throw failed(expected, new Text(actual).toString(), Arrays.toString(messages), actual);
      }
      left.remove(found.get());
    }
  }

  /** Expects that the server closes the connection. */
  public Closed expectClose() {
    return closed("the end of the connection");
  }

  /** Expects that the connection ends with a code: 1006 for an end without a close frame. */
  public Closed expectClose(int code) {
    String expected = "the end of the connection with " + code;
    Closed actual = closed(expected);
    if (actual.code() != code) throw failed(expected, new End(actual).toString(), code, actual.code());
    return actual;
  }

  private Closed closed(String expected) {
    Received next = received(expected);
    if (next instanceof End end) return end.how();
    throw failed(expected, next.toString(), expected, next.toString());
  }

  /**
   * Expects that nothing arrives. A local platform is asked whether anything may still come, so that this does not wait
   * for longer than handlers run; from a deployed app, nothing must arrive for half a second, or the time of {@link
   * #within}.
   */
  public void expectNothing() {
    Duration quiet = limit.equals(pinion.limit()) ? QUIET : limit;
    pinion.ifLocal(LocalApp::settle);
    boolean known = pinion.isLocal() && connection.fence(limit);
    Received next = poll(known || connection.isOver() ? Duration.ZERO : quiet);
    if (next == null) return;
    throw pinion.failures().of(name + " expected nothing, but received " + next + rest(), "nothing", next.toString());
  }

  private String text(String expected) {
    Received next = received(expected);
    return switch (next) {
      case Text text -> text.text();
      case Binary binary -> throw failed(expected, binary.toString(), expected, binary.toString());
      case End end -> throw failed(expected, end.toString(), expected, end.toString());
    };
  }

  private Received received(String expected) {
    Received next = poll(limit);
    if (next != null) return next;
    throw pinion.failures().of(
        name + " expected " + expected + ", but received nothing within " + Failures.shown(limit), expected, "nothing");
  }

  private @Nullable Received poll(Duration time) {
    try {
      return connection.poll(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw pinion.failures().of(name + " was interrupted while it waited for a message");
    }
  }

  private AssertionFailedError failed(String expected, String actual, Object wanted, Object got) {
    return pinion.failures().of(name + " expected " + expected + "\n  but received " + actual + rest(), wanted, got);
  }

  /** What has arrived after the message that was not expected. */
  private String rest() {
    List<Received> rest = connection.unread().stream().filter(each -> !(each instanceof End)).toList();
    return rest.isEmpty() ? ""
        : "\n  and then " + rest.stream().map(Received::toString)
            .collect(Collectors.joining(", "));
  }

  private void say(String what) {
    pinion.transcript().add(name, what);
  }

  @Override
  public String toString() {
    return name;
  }
}
