package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Valid conversations, tampered with at random places and cut into random pieces. Each must end, none may show a bug,
 * and a client beside them must be served all the time. A failure names its seed.
 */
@Timeout(120)
final class FuzzTest {
  private static final int ROUNDS = 4000;

  private final Recorder recorder = new Recorder();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(new SettableClock())
      .profile(Profile.AWS.connectionBurst(100_000).pendingRequests(16))
      .routes(RouteTable.of("$connect", "$disconnect").twoWay("$default")).start();

  FuzzTest() {
    recorder.answering(event -> event instanceof Event.Message message ? Response.reply(message.body()) : Response.OK);
  }

  @Test
  void conversationsEndAndOthersGoOn() throws Exception {
    List<byte[]> valid = conversations();
    try (EngineLog log = new EngineLog(); gateway; Peer other = Peer.open(gateway)) {
      for (int seed = 0; seed < ROUNDS; seed++) {
        Random random = new Random(seed);
        byte[] stream = valid.get(seed % valid.size());
        assertThat(ends(mutated(stream, random), random)).as("seed %d", seed).isTrue();
        if (seed % 50 == 0) {
          other.send("round " + seed);
          assertThat(other.text()).isEqualTo("round " + seed);
        }
      }
      for (byte[] stream : valid) {
        assertThat(answer(stream)).isIn("HTTP/1.1 101", "HTTP/1.1 410", "HTTP/1.1 426");
      }
      other.send(Frames.CLOSE);
      assertThat(other.closed()).isEqualTo(CloseStatuses.NOT_SET);
      while (gateway.connections() > 0) {
        recorder.logged("closed");
      }
      assertThat(log.records()).isEmpty();
    }
    assertThat(recorder.bugs()).isEmpty();
  }

  /** The first bytes of the answer to a stream that nobody has tampered with. */
  private String answer(byte[] stream) throws IOException {
    try (Peer peer = new Peer(gateway.port())) {
      peer.raw(stream);
      return new String(peer.socket().getInputStream().readNBytes(12), ISO_8859_1);
    }
  }

  /** Sends a stream in pieces; whether the server ends the connection after the client has. */
  private boolean ends(byte[] stream, Random random) throws IOException {
    try (Peer peer = new Peer(gateway.port())) {
      for (int at = 0; at < stream.length;) {
        int to = Math.min(stream.length, at + 1 + random.nextInt(random.nextBoolean() ? 20 : 2000));
        peer.raw(Arrays.copyOfRange(stream, at, to));
        at = to;
      }
      if (random.nextInt(8) == 0) {
        peer.reset();
        return true;
      }
      peer.socket().shutdownOutput();
      peer.socket().getInputStream().transferTo(ByteArrayOutputStream.nullOutputStream());
      return true;
    } catch (SocketException e) {
      return String.valueOf(e.getMessage()).matches("Broken pipe|Connection reset.*|Socket (is )?closed.*"
          + "|Transport endpoint is not connected|Socket output is already shutdown");
    }
  }

  private static byte[] mutated(byte[] stream, Random random) {
    byte[] bytes = stream;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + 1 + random.nextInt(16));
      byte[] head = Arrays.copyOf(bytes, at);
      byte[] some = Arrays.copyOfRange(bytes, at, to);
      byte[] tail = Arrays.copyOfRange(bytes, to, bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> some[0] ^= (byte) (1 << random.nextInt(8));
        case 1 -> random.nextBytes(some);
        case 2 -> some = new byte[0];
        case 3 -> some = join(some, some);
        default -> tail = random.nextInt(4) == 0 ? new byte[] {0} : tail;
      }
      bytes = join(head, some, tail);
      bytes = bytes.length == 0 ? new byte[1] : bytes;
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private List<byte[]> conversations() {
    String host = " HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n";
    String upgrade = "GET /prod?a=b%20c" + host + String.join("\r\n", Peer.handshake()) + "\r\n\r\n";
    String post = "POST /prod/@connections/AAAAAAAAAAAAAAA=" + host;
    byte[] opened = upgrade.getBytes(ISO_8859_1);
    byte[] text = "größer 🙂 und mehr".getBytes(UTF_8);
    List<byte[]> all = new ArrayList<>();
    all.add(join(opened, Peer.frame(true, Frames.TEXT, "hello".getBytes(UTF_8)),
        Peer.frame(true, Frames.TEXT, text), Peer.frame(true, Frames.CLOSE, (byte) 3, (byte) 0xE8)));
    all.add(join(opened, Peer.frame(false, Frames.TEXT, Arrays.copyOf(text, 4)), Peer.frame(true, Frames.PING, text),
        Peer.frame(false, Frames.CONTINUATION, Arrays.copyOfRange(text, 4, 12)), Peer.frame(true, Frames.PONG),
        Peer.frame(true, Frames.CONTINUATION, Arrays.copyOfRange(text, 12, text.length))));
    all.add(join(opened, Peer.frame(true, Frames.TEXT, new byte[300]), Peer.frame(true, Frames.TEXT, new byte[32_768]),
        Peer.frame(true, Frames.TEXT, "last".getBytes(UTF_8))));
    all.add((post + "Content-Length: 5\r\n\r\nhello" + "GET /prod" + host + "\r\n").getBytes(ISO_8859_1));
    all.add((post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: t\r\n\r\n" + upgrade)
        .getBytes(ISO_8859_1));
    all.add(("GET /prod" + host + "Connection: keep-alive\r\n\r\n" + upgrade).getBytes(ISO_8859_1));
    return all;
  }
}
