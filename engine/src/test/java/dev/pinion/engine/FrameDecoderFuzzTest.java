package dev.pinion.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for the frame decoder, and the inputs that it has found. The first byte of an input is
 * the size of the pieces in which the rest arrives; the outcome must be that of the whole.
 */
public final class FrameDecoderFuzzTest {
  private static final FrameLimits LIMITS = new FrameLimits(true, 300, 400, CloseStatus.of(1007));

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/FrameDecoder"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Decodes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    List<String> whole = messages(input, input.length);
    List<String> pieces = messages(input, 1 + (input[0] & 0x1F));
    if (!whole.equals(pieces)) throw new AssertionError(whole + " in one piece, " + pieces + " in several");
  }

  private static List<String> messages(byte[] input, int size) {
    Seen seen = new Seen(new ArrayList<>());
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    try {
      for (int at = 1; at < input.length && !decoder.isClosed(); at += size) {
        byte[] piece = Arrays.copyOfRange(input, at, Math.min(input.length, at + size));
        int taken = decoder.decode(piece, 0, piece.length, seen);
        if (taken > piece.length || (taken < piece.length && !decoder.isClosed())) throw new AssertionError(taken);
      }
    } catch (ProtocolException violation) {
      seen.lines().add(violation.status() + " " + violation.getMessage());
    }
    return seen.lines();
  }

  /** What has been decoded. */
  private record Seen(List<String> lines) implements FrameSink {
    @Override
    public void text(String message) {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      if (!new String(bytes, StandardCharsets.UTF_8).equals(message)) throw new AssertionError("not UTF-8");
      lines.add("text " + message);
    }

    @Override
    public void binary(byte[] message) {
      lines.add("binary " + Arrays.toString(message));
    }

    @Override
    public void ping(byte[] payload) {
      lines.add("ping " + Arrays.toString(payload));
    }

    @Override
    public void pong(byte[] payload) {
      lines.add("pong");
    }

    @Override
    public void close(CloseStatus status) {
      lines.add("close " + status);
    }
  }
}
