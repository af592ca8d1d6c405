package dev.pinion.gateway;

import dev.pinion.LimitExceededException;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers that call themselves without end, and send with the last of their stack. */
@Timeout(60)
final class FullStackTest {
  private static final int CLIENTS = 20;
  private static final int MESSAGES = 10;

  private final Recorder recorder = new Recorder();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).routes(RouteTable.of("$default"))
      .start();

  @AfterEach
  void close() {
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  /** Each message is answered, whatever was broken off before, and so are other clients. */
  @Test
  void aSendThatTheStackHasNoRoomForBreaksNothingOff() throws Exception {
    recorder.answering(this::handle);
    for (int i = 0; i < CLIENTS; i++) {
      try (Peer peer = Peer.open(gateway); Peer other = Peer.open(gateway)) {
        for (int j = 0; j < MESSAGES; j++) {
          peer.send("without end");
        }
        for (int ends = 0; ends < MESSAGES;) {
          if (peer.text().equals("end")) ends++;
        }
        other.send("once");
        assertThat(other.text()).isEqualTo("end");
      }
    }
  }

  private Response handle(Event event) {
    String id = event.connection().connectionId();
    try {
      if (event instanceof Event.Message message && message.body().equals("without end")) {
        var _ = deeper(id, 0);
      }
    } catch (StackOverflowError | LimitExceededException _) {
      // as it should be
    }
    while (!isSent(id)) {
      Thread.onSpinWait();
    }
    return Response.OK;
  }

  private boolean isSent(String id) {
    try {
      return gateway.sender().postToConnection(id, "end");
    } catch (LimitExceededException _) {
      return false;
    }
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack is full
  private int deeper(String id, int depth) {
    gateway.sender().postToConnection(id, "deeper");
    return deeper(id, depth + 1) + 1;
  }
}
