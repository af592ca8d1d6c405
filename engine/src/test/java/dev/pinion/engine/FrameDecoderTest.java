package dev.pinion.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Frames cut into pieces at every byte, and streams that were tampered with. */
final class FrameDecoderTest {
  private final FrameLimits limits = new FrameLimits(true, 32 * 1024, 128 * 1024, CloseStatus.of(1007));
  private final List<String> seen = new ArrayList<>();
  private int ready = Integer.MAX_VALUE;

  @Test
  void seesWhetherAClientsBytesEndWithACloseFrame() {
    byte[] text = ClientFrames.frame(true, 1, "hello".getBytes(UTF_8));
    for (byte[] payload : List.of(new byte[0], new byte[] {3, -24}, new byte[Frames.CONTROL_BYTES])) {
      byte[] close = ClientFrames.frame(true, 8, payload);
      byte[] both = Arrays.copyOf(text, text.length + close.length);
      System.arraycopy(close, 0, both, text.length, close.length);
      assertThat(FrameDecoder.endsWithClose(both)).isTrue();
      assertThat(FrameDecoder.endsWithClose(Arrays.copyOf(both, both.length - 1))).isFalse();
    }
    assertThat(FrameDecoder.endsWithClose(text)).isFalse();
    assertThat(FrameDecoder.endsWithClose(new byte[0])).isFalse();
  }

  private final FrameSink sink = new FrameSink() {
    @Override
    public void text(String message) {
      add("text " + message);
    }

    @Override
    public void binary(byte[] message) {
      add("binary " + new String(message, ISO_8859_1));
    }

    @Override
    public void ping(byte[] payload) {
      add("ping " + new String(payload, ISO_8859_1));
    }

    @Override
    public void pong(byte[] payload) {
      add("pong");
    }

    @Override
    public void close(CloseStatus status) {
      add("close " + status.code() + status.reason());
    }

    @Override
    public boolean ready() {
      return ready > 0;
    }

    private void add(String line) {
      seen.add(line);
      ready--;
    }
  };

  private static byte[] conversation() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(ClientFrames.frame(true, Frames.TEXT, "plain".getBytes(UTF_8)));
    stream.writeBytes(ClientFrames.frame(true, Frames.TEXT));
    stream.writeBytes(ClientFrames.frame(true, Frames.TEXT, "größer 🙂 und mehr".getBytes(UTF_8)));
    byte[] fragmented = "a🙂b🙂".getBytes(UTF_8);
    for (int i = 0; i < fragmented.length; i++) {
      stream.writeBytes(ClientFrames.frame(false, i == 0 ? Frames.TEXT : Frames.CONTINUATION, fragmented[i]));
      stream.writeBytes(ClientFrames.frame(true, Frames.PING, (byte) ('0' + i)));
    }
    stream.writeBytes(ClientFrames.frame(true, Frames.CONTINUATION));
    stream.writeBytes(ClientFrames.frame(true, Frames.BINARY, new byte[] {1, 2, 3}));
    stream.writeBytes(ClientFrames.frame(true, Frames.TEXT, "x".repeat(300).getBytes(UTF_8)));
    stream.writeBytes(ClientFrames.frame(true, Frames.PONG));
    stream.writeBytes(ClientFrames.frame(true, Frames.CLOSE, (byte) 0x0F, (byte) 0xA0, (byte) 'b'));
    return stream.toByteArray();
  }

  private List<String> decode(byte[] stream, int... cuts) throws ProtocolException {
    FrameDecoder decoder = new FrameDecoder(limits);
    seen.clear();
    int from = 0;
    for (int cut : cuts) {
      byte[] piece = Arrays.copyOfRange(stream, from, cut);
      assertThat(decoder.decode(piece, 0, piece.length, sink)).isEqualTo(piece.length);
      from = cut;
    }
    decoder.decode(stream.clone(), from, stream.length, sink);
    return List.copyOf(seen);
  }

  @Test
  void piecesMakeNoDifference() throws Exception {
    byte[] stream = conversation();
    List<String> whole = decode(stream);
    assertThat(whole).hasSize(18).startsWith("text plain", "text ", "text größer 🙂 und mehr", "ping 0")
        .contains("text a🙂b🙂", "binary \1\2\3").endsWith("text " + "x".repeat(300), "pong", "close 4000b");
    int[] everywhere = new int[stream.length - 1];
    for (int i = 1; i < stream.length; i++) {
      assertThat(decode(stream, i)).isEqualTo(whole);
      everywhere[i - 1] = i;
    }
    assertThat(decode(stream, everywhere)).isEqualTo(whole);
  }

  @Test
  void stopsWhereTheSinkIsNotReady() throws Exception {
    byte[] stream = conversation();
    List<String> whole = decode(stream);
    FrameDecoder decoder = new FrameDecoder(limits);
    seen.clear();
    int at = 0;
    while (at < stream.length) {
      ready = 1;
      at = decoder.decode(stream, at, stream.length, sink);
    }
    assertThat(seen).isEqualTo(whole);
  }

  @Test
  void decodesNothingBehindACloseFrame() throws Exception {
    byte[] close = ClientFrames.frame(true, Frames.CLOSE);
    byte[] text = ClientFrames.frame(true, Frames.TEXT, (byte) 'x');
    byte[] stream = Arrays.copyOf(close, close.length + text.length);
    System.arraycopy(text, 0, stream, close.length, text.length);
    FrameDecoder decoder = new FrameDecoder(limits);
    assertThat(decoder.decode(stream, 0, stream.length, sink)).isEqualTo(close.length);
    assertThat(decoder.isClosed()).isTrue();
    assertThat(seen).containsExactly("close 1005");
  }

  @Test
  void survivesAnyMutation() {
    Random random = new Random(42);
    int violations = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] stream = conversation();
      for (int i = random.nextInt(4); i >= 0; i--) {
        stream[random.nextInt(stream.length)] = (byte) random.nextInt();
      }
      FrameDecoder decoder = new FrameDecoder(limits);
      seen.clear();
      try {
        int at = 0;
        while (at < stream.length && !decoder.isClosed()) {
          int to = Math.min(stream.length, at + 1 + random.nextInt(40));
          at = decoder.decode(stream, at, to, sink);
          assertThat(at == to || decoder.isClosed()).isTrue();
        }
      } catch (ProtocolException e) {
        assertThat(e.status().code()).isIn(1002, 1007, 1009);
        violations++;
      }
    }
    assertThat(violations).isBetween(1000, 20_000);
  }
}
