package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers that take longer than API Gateway waits, or than their own timeout allows; as on AWS. */
@Timeout(30)
final class HandlerTimeoutTest {
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Semaphore released = new Semaphore(0);
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final RouteTable routes =
      RouteTable.of("$connect").twoWay("long", "short", "$default").selectedBy(body -> body)
          .timeout("long", Duration.ofMinutes(5)).timeout("short", Duration.ofSeconds(2));

  private Gateway gateway(boolean ordered) {
    recorder.answering(this::handle);
    return new GatewayBuilder(recorder).listener(recorder).clock(clock).ordered(ordered).routes(routes).start();
  }

  private Response handle(Event event) {
    if (event.routeKey().equals("long") || event.routeKey().equals("short")) {
      try {
        released.acquire();
        ended.complete(false);
      } catch (InterruptedException e) {
        ended.complete(true);
      }
    }
    return Response.reply(event.routeKey());
  }

  @AfterEach
  void noBugs() {
    assertThat(recorder.bugs()).isEmpty();
  }

  @Test
  void goOnAfterTheClientWasAnswered() throws Exception {
    try (Gateway gateway = gateway(false); Peer peer = Peer.open(gateway)) {
      peer.send("long");
      recorder.next(Event.Connect.class);
      Event.Message event = recorder.next(Event.Message.class);
      clock.advance(Duration.ofSeconds(29));
      assertThat(peer.text()).contains("Endpoint request timed out", event.requestId());
      assertThat(recorder.logged("late")).isEqualTo("late long");
      peer.send("other");
      assertThat(peer.text()).isEqualTo("$default");
      clock.advance(Duration.ofSeconds(60));
      released.release();
      assertThat(ended.get()).as("interrupted").isFalse();
      peer.send("another");
      assertThat(peer.text()).isEqualTo("$default");
    }
  }

  @Test
  void areInterruptedAtTheirOwnTimeout() throws Exception {
    try (Gateway gateway = gateway(false); Peer peer = Peer.open(gateway)) {
      peer.send("long");
      recorder.next(Event.Message.class);
      clock.advance(Duration.ofSeconds(29));
      assertThat(peer.text()).contains("Endpoint request timed out");
      clock.advance(Duration.ofMinutes(5));
      assertThat(ended.get()).as("interrupted").isTrue();
      assertThat(recorder.logged("failed")).contains("long", "Task timed out after 300 seconds");
    }
  }

  @Test
  void withAShorterTimeoutTheClientGetsAnError() throws Exception {
    try (Gateway gateway = gateway(false); Peer peer = Peer.open(gateway)) {
      peer.send("short");
      recorder.next(Event.Message.class);
      clock.advance(Duration.ofSeconds(2));
      assertThat(peer.text()).contains("Internal server error");
      assertThat(ended.get()).as("interrupted").isTrue();
      assertThat(recorder.logged("failed")).contains("short", "Task timed out after 2 seconds");
    }
  }

  @Test
  void orderedMessagesWaitForTheHandlersEnd() throws Exception {
    try (Gateway gateway = gateway(true); Peer peer = Peer.open(gateway)) {
      peer.send("long");
      recorder.next(Event.Message.class);
      peer.send("next");
      clock.advance(Duration.ofSeconds(29));
      assertThat(peer.text()).contains("Endpoint request timed out");
      assertThat(recorder.events()).isEmpty();
      released.release();
      assertThat(peer.text()).isEqualTo("$default");
    }
  }
}
