package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Messages in fragments, frames in pieces, and control frames between them, over a socket. */
@Timeout(30)
final class FragmentTest {
  private static final byte[] TEXT = "größer 🙂 und mehr".getBytes(UTF_8);

  private final Recorder recorder = new Recorder();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder)
      .routes(RouteTable.of("$default", "$disconnect")).start();
  private final Peer peer;

  FragmentTest() throws Exception {
    peer = Peer.open(gateway);
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  /** A frame for each byte, the first of a kind and the last with FIN. */
  private static byte[][] fragments(int opcode, byte... message) {
    byte[][] frames = new byte[message.length][];
    for (int i = 0; i < message.length; i++) {
      frames[i] = Peer.frame(i == message.length - 1, i == 0 ? opcode : Frames.CONTINUATION, message[i]);
    }
    return frames;
  }

  private static byte[] join(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  @Test
  void aFragmentForEachByteAndAPingAfterEach() throws Exception {
    byte[][] fragments = fragments(Frames.TEXT, TEXT);
    for (int i = 0; i < fragments.length; i++) {
      peer.raw(fragments[i]);
      peer.send(Frames.PING, (byte) i);
      peer.send(Frames.PONG, (byte) i);
      Peer.Frame pong = peer.read();
      assertThat(pong.opcode()).isEqualTo(Frames.PONG);
      assertThat(pong.payload()).containsExactly(i);
    }
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo(new String(TEXT, UTF_8));
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void aWriteForEachByte() throws Exception {
    byte[] stream = join(join(fragments(Frames.TEXT, TEXT)), Peer.frame(true, Frames.TEXT, new byte[200]),
        Peer.frame(true, Frames.PING, "p".getBytes(UTF_8)), Peer.frame(true, Frames.CLOSE, (byte) 3, (byte) 0xE8));
    for (byte unit : stream) {
      peer.raw(new byte[] {unit});
    }
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo(new String(TEXT, UTF_8));
    assertThat(recorder.next(Event.Message.class).body()).hasSize(200);
    assertThat(peer.read().text()).isEqualTo("p");
    assertThat(peer.closed().code()).isEqualTo(1000);
  }

  @Test
  void theLargestMessageInFragmentsOfOneByte() throws Exception {
    String most = "x".repeat(128 * 1024);
    peer.raw(join(fragments(Frames.TEXT, most.getBytes(UTF_8))));
    assertThat(recorder.next(Event.Message.class).body()).isEqualTo(most);
    byte[][] more = fragments(Frames.TEXT, (most + "x").getBytes(UTF_8));
    peer.raw(join(more));
    assertThat(peer.closed().code()).isEqualTo(1009);
  }

  @Test
  void emptyFragments() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      peer.raw(Peer.frame(false, i == 0 ? Frames.TEXT : Frames.CONTINUATION));
    }
    peer.raw(Peer.frame(true, Frames.CONTINUATION));
    assertThat(recorder.next(Event.Message.class).body()).isEmpty();
  }

  @Test
  void aCloseAmongFragmentsDropsTheMessage() throws Exception {
    peer.raw(Peer.frame(false, Frames.TEXT, TEXT));
    peer.send(Frames.CLOSE, (byte) 3, (byte) 0xE8);
    assertThat(peer.closed().code()).isEqualTo(1000);
    assertThat(recorder.events().take()).isInstanceOf(Event.Disconnect.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C0AF", "EDA080", "F4908080", "61FF", "F09F99"})
  void whatIsNotUtf8InFragmentsOfOneByte(String hex) throws Exception {
    byte[][] fragments = fragments(Frames.TEXT, HexFormat.of().parseHex(hex));
    peer.raw(join(fragments));
    assertThat(peer.closed().code()).isEqualTo(1007);
    assertThat(recorder.next(Event.Disconnect.class).disconnectStatusCode()).isEqualTo(1007);
  }
}
