package dev.pinion.sim;

import dev.pinion.Definition;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which handlers' time-outs are enforced here, and which by the gateway, whose own may be changed. */
class HandlerTimeoutsTest {

  @ParameterizedTest
  @CsvSource({"29, 40, true", "60, 40, false", "40, 40, true", "29, 28, false"})
  void aTimeoutThatTheGatewayEnforcesAnywayTakesNoThreadOfItsOwn(int gateway, int handler, boolean callers)
      throws Exception {
    LinkedBlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
    WebSocketModel webSocket = Definition.of(cloud -> cloud.webSocket("ws").create()
        .onMessage((c, body) -> ran.add(Thread.currentThread()))
        .timeout(Duration.ofSeconds(handler))).model().webSockets().getFirst();
    HandlerTimeouts handlers =
        new HandlerTimeouts(webSocket, new Dispatcher(webSocket, new RecordCodec()), Duration.ofSeconds(gateway));
    handlers.invoke(
        new Event.Message(
            new ConnectionContext("c", 0, "127.0.0.1", Optional.empty(), "localhost", "prod", "api"),
            "$default", "r", 0, "m", "hello"));
    assertThat(ran.take().equals(Thread.currentThread())).isEqualTo(callers);
  }
}
