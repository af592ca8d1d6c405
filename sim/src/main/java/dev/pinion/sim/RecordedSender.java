package dev.pinion.sim;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.sim.RequestTrace.Call;
import dev.pinion.spi.Sender;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket whose {@code @connections} calls are noted in the trace of the request that caused them, while somebody
 * looks. Any thread.
 */
final class RecordedSender implements Sender {
  /** A broadcast is shown at so many connections, and in the trace with so many ids. */
  private static final int MOST_RECEIVERS = 1_000;
  private static final int MOST_IDS = 20;

  private final String id;
  private final Sender sender;
  private final Recording recording;

  RecordedSender(String id, Sender sender, Recording recording) {
    this.id = id;
    this.sender = sender;
    this.recording = recording;
  }

  private <T> T step(
      @Nullable RequestTrace trace, String operation, Supplier<String> text, Supplier<T> action,
      Function<T, String> result) {
    return trace == null ? action.get() : trace.step(new Call(operation, id, text, List::of), action, result);
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    Recorder recorder = recording.recorder();
    if (recorder == null) return sender.postToConnection(connectionId, data);
    boolean sent = step(
        recording.trace(), "sendMessage", () -> "to " + connectionId + "\n" + data,
        () -> sender.postToConnection(connectionId, data), there -> there ? "sent" : "gone (410)");
    if (sent) recorder.frame(connectionId, frame(data));
    return sent;
  }

  private Recorder.Frame frame(String data) {
    return Recorder.Frame.message("sent", recording.texts().of(data, Recorder.FRAME_CHARACTERS));
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    RequestTrace trace = recording.trace();
    if (trace == null) return sender.deleteConnection(connectionId);
    return step(
        trace, "close", () -> connectionId, () -> sender.deleteConnection(connectionId),
        there -> there ? "closed" : "gone (410)");
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    RequestTrace trace = recording.trace();
    if (trace == null) return sender.getConnection(connectionId);
    return step(
        trace, "get", () -> connectionId, () -> sender.getConnection(connectionId),
        info -> info.isPresent() ? "connected" : "gone (410)");
  }

  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    Recorder recorder = recording.recorder();
    if (recorder == null) return sender.broadcast(connectionIds, data);
    List<String> ids = new ArrayList<>();
    Broadcast result = step(
        recording.trace(), "broadcast",
        () -> "to " + String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_IDS)))
            + (ids.size() > MOST_IDS ? ", …" : "") + "\n" + data,
        () -> sender.broadcast(noted(connectionIds, ids), data), RecordedSender::result);
    Recorder.Frame frame = frame(data);
    ids.stream().filter(each -> !result.gone().contains(each) && !result.failed().containsKey(each))
        .forEach(each -> recorder.frame(each, frame));
    return result;
  }

  private static String result(Broadcast broadcast) {
    return "sent to " + broadcast.sent() + (broadcast.gone().isEmpty() ? "" : ", " + broadcast.gone().size() + " gone")
        + (broadcast.failed().isEmpty() ? "" : ", " + broadcast.failed().size() + " failed");
  }

  private static Iterator<String> noted(Iterator<String> all, List<String> first) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public String next() {
        String next = all.next();
        if (next != null && first.size() < MOST_RECEIVERS) first.add(next);
        return next;
      }
    };
  }

  @Override
  public String url() {
    return sender.url();
  }
}
