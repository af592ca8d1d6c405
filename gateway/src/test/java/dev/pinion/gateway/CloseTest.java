package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** How connections end, what the client sees of it, and what {@code $disconnect} is told. */
@Timeout(30)
final class CloseTest {
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(clock)
      .routes(RouteTable.of("$default", "$disconnect")).start();
  private final Peer peer;
  private String opened = "";

  CloseTest() throws Exception {
    peer = Peer.open(gateway);
  }

  @BeforeEach
  void awaitOpened() throws Exception {
    opened = recorder.logged("opened").substring("opened ".length());
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private void told(int code, String reason) throws Exception {
    Event.Disconnect event = recorder.next(Event.Disconnect.class);
    assertThat(event.routeKey()).isEqualTo("$disconnect");
    assertThat(event.disconnectStatusCode()).isEqualTo(code);
    assertThat(event.disconnectReason()).isEqualTo(reason);
    assertThat(gateway.connections()).isZero();
  }

  private static byte[] status(int code, String reason) {
    byte[] text = reason.getBytes(UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }

  @Test
  void byTheClient() throws Exception {
    peer.send(Frames.CLOSE);
    assertThat(peer.closed()).isEqualTo(CloseStatuses.NOT_SET);
    told(1005, "Client-side close frame status not set");
  }

  @Test
  void byTheClientWithAStatus() throws Exception {
    peer.send(Frames.CLOSE, status(4001, "bye ü"));
    assertThat(peer.closed()).isEqualTo(new CloseStatus(4001, "bye ü"));
    told(4001, "bye ü");
  }

  @Test
  void messagesBeforeTheCloseAreHandled() throws Exception {
    peer.send("last");
    peer.send(Frames.CLOSE);
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo("last");
    told(1005, "Client-side close frame status not set");
  }

  @Test
  void byLossOfTheSocket() throws Exception {
    peer.close();
    told(1006, "");
  }

  @Test
  void byReset() throws Exception {
    peer.reset();
    told(1006, "");
  }

  @Test
  void byIdleness() throws Exception {
    clock.advance(Duration.ofMinutes(9));
    peer.send("alive");
    recorder.next(Event.Message.class);
    clock.advance(Duration.ofMinutes(9));
    peer.send(Frames.PING);
    assertThat(peer.read().opcode()).isEqualTo(Frames.PONG);
    clock.advance(Duration.ofMinutes(1));
    assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
    told(1001, "Going away");
  }

  @Test
  void andAHandlerOfItThatFailsIsToldOnce() throws Exception {
    recorder.answering(_ -> {
      throw new IllegalStateException("no table");
    });
    peer.send(Frames.CLOSE);
    assertThat(recorder.logged("failed"))
        .isEqualTo("failed $disconnect java.lang.IllegalStateException: no table");
    assertThat(gateway.close(Duration.ofSeconds(10))).isEmpty();
    assertThat(recorder.next(Event.Disconnect.class).disconnectStatusCode()).isEqualTo(1005);
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void andAHandlerOfItThatTakesTooLongIsInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    recorder.answering(_ -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return Response.OK;
    });
    peer.send(Frames.CLOSE);
    recorder.next(Event.Disconnect.class);
    clock.advance(Duration.ofSeconds(29));
    assertThat(recorder.logged("timedOut")).isEqualTo("timedOut $disconnect");
    interrupted.await();
    assertThat(gateway.close(Duration.ofSeconds(10))).isEmpty();
  }

  @Test
  void notByIdlenessWhileItIsSentTo() throws Exception {
    String id = opened;
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofMinutes(9));
      assertThat(gateway.sender().postToConnection(id, "alive")).isTrue();
      assertThat(peer.text()).isEqualTo("alive");
    }
    clock.advance(Duration.ofMinutes(10));
    assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
  }

  @Test
  void notByIdlenessAfterASendThatWaitsForOthers() throws Exception {
    recorder.answering(event -> {
      if (event instanceof Event.Message message && message.body().equals("a")) {
        clock.advance(Duration.ofSeconds(20));
        gateway.sender().postToConnection(opened, "sent");
      }
      return Response.OK;
    });
    byte[] two = Arrays.copyOf(Peer.frame(true, Frames.TEXT, (byte) 'a'), 14);
    System.arraycopy(Peer.frame(true, Frames.TEXT, (byte) 'b'), 0, two, 7, 7);
    peer.raw(two);
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo("a");
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo("b");
    assertThat(peer.text()).isEqualTo("sent");
    assertThat(gateway.sender().getConnection(opened).orElseThrow().lastActiveAt().toEpochMilli())
        .isEqualTo(clock.millis());
  }

  @Test
  void atTheEndOfItsLife() throws Exception {
    for (int i = 0; i < 13; i++) {
      clock.advance(Duration.ofMinutes(9));
      peer.send("alive");
      recorder.next(Event.Message.class);
    }
    clock.advance(Duration.ofMinutes(3));
    assertThat(peer.closed()).isEqualTo(CloseStatuses.GOING_AWAY);
    told(1001, "Going away");
  }

  @ParameterizedTest
  @CsvSource({"999", "1004", "1005", "1006", "1015", "2999", "5000"})
  void byAStatusNobodyMaySend(int code) throws Exception {
    peer.send(Frames.CLOSE, status(code, ""));
    assertThat(peer.closed().code()).isEqualTo(1002);
    told(1002, "");
  }

  @ParameterizedTest
  @CsvSource({
    "0x81, 0x00, 1002, not masked", // unmasked
    "0x80, 0x80, 1002, may not come here", // continuation of nothing
    "0xC1, 0x80, 1002, reserved", // reserved bit
    "0x83, 0x80, 1002, reserved", // reserved opcode
    "0x8B, 0x80, 1002, reserved", // reserved control opcode
    "0x09, 0x80, 1002, may not come here", // fragmented ping
    "0x82, 0x80, 1003, binary" // binary
  })
  void byAFrameThatIsNotAllowed(String first, String mask, int code, String said) throws Exception {
    peer.raw(Peer.frame(Integer.decode(first), Integer.decode(mask)));
    assertThat(peer.closed().code()).isEqualTo(code);
    assertThat(recorder.logged("cutOff")).startsWith("cutOff " + code).contains(said);
    told(code, "");
  }

  @Test
  void byAMessageWithinAMessage() throws Exception {
    peer.raw(Peer.frame(false, Frames.TEXT, new byte[1]));
    peer.send("x");
    assertThat(peer.closed().code()).isEqualTo(1002);
  }

  @Test
  void byALongControlFrame() throws Exception {
    peer.send(Frames.PING, new byte[126]);
    assertThat(peer.closed().code()).isEqualTo(1002);
  }

  @ParameterizedTest
  @CsvSource({"8001", "FE007D", "FF000000000000FFFF", "FF8000000000000000"})
  void byALengthThatIsNotMinimal(String head) throws Exception {
    if (head.equals("8001")) {
      peer.send(Frames.CLOSE, (byte) 3);
    } else {
      peer.raw(java.util.HexFormat.of().parseHex("81" + head + "00000000"));
    }
    assertThat(peer.closed().code()).isEqualTo(1002);
  }

  @Test
  void byAFrameOver32KiB() throws Exception {
    peer.raw(Peer.frame(true, Frames.TEXT, new byte[32 * 1024]));
    assertThat(recorder.next(Event.Message.class).body()).hasSize(32 * 1024);
    peer.raw(java.util.HexFormat.of().parseHex("81FE8001"));
    peer.raw(new byte[4]);
    assertThat(peer.closed().code()).isEqualTo(1009);
    assertThat(recorder.logged("cutOff")).startsWith("cutOff 1009 a frame of 32769 bytes, over 32768");
    told(1009, "");
  }

  @Test
  void byAMessageOver128KiB() throws Exception {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        peer.raw(Peer.frame(round == 0 && i == 3, i == 0 ? Frames.TEXT : Frames.CONTINUATION, new byte[32 * 1024]));
      }
      if (round == 0) {
        assertThat(recorder.next(Event.Message.class).body()).hasSize(128 * 1024);
      }
    }
    peer.raw(Peer.frame(true, Frames.CONTINUATION, new byte[1]));
    assertThat(peer.closed().code()).isEqualTo(1009);
    assertThat(recorder.logged("cutOff")).isEqualTo("cutOff 1009 a message over 131072 bytes");
    told(1009, "");
  }

  @ParameterizedTest
  @CsvSource({"C0AF", "EDA080", "F4908080", "FF", "E282", "80", "F5808080", "C3C3", "616263646566676869C0AF"})
  void byTextThatIsNotUtf8(String hex) throws Exception {
    peer.send(Frames.TEXT, java.util.HexFormat.of().parseHex(hex));
    assertThat(peer.closed().code()).isEqualTo(1007);
    assertThat(recorder.logged("cutOff")).isEqualTo("cutOff 1007 text that is not UTF-8");
    told(1007, "");
  }

  @Test
  void atTheFirstByteThatCannotBeUtf8() throws Exception {
    peer.raw(Peer.frame(false, Frames.TEXT, "abc".getBytes(UTF_8)));
    peer.raw(Peer.frame(false, Frames.CONTINUATION, (byte) 0xC3));
    peer.raw(java.util.Arrays.copyOf(Peer.frame(true, Frames.CONTINUATION, (byte) 0x28, (byte) 0x28), 7));
    assertThat(peer.closed().code()).isEqualTo(1007);
  }

  @Test
  void controlFramesAreAnsweredAndReachNoHandler() throws Exception {
    peer.raw(Peer.frame(false, Frames.TEXT, "h\u00c3".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    peer.send(Frames.PING, "between".getBytes(UTF_8));
    Peer.Frame pong = peer.read();
    assertThat(pong.opcode()).isEqualTo(Frames.PONG);
    assertThat(pong.text()).isEqualTo("between");
    peer.send(Frames.PONG, "unasked".getBytes(UTF_8));
    peer.raw(Peer.frame(true, Frames.CONTINUATION, (byte) 0xA4));
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo("hä");
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void relaxedTakesBinaryAndLargeMessages() throws Exception {
    try (Gateway relaxed = new GatewayBuilder(recorder).listener(recorder).routes(RouteTable.of("$default"))
        .profile(Profile.RELAXED).start();
        Peer client = Peer.open(relaxed)) {
      client.send(Frames.BINARY, (byte) 1, (byte) 2, (byte) 3);
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("AQID");
      client.send("x".repeat(1_000_000));
      assertThat(recorder.next(Event.Message.class).body()).hasSize(1_000_000);
    }
  }
}
