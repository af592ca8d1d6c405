package dev.pinion.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for the HTTP reader, and the inputs that it has found. The first byte of an input is
 * the size of the pieces in which the rest arrives; the outcome must be that of the whole.
 */
public final class RequestReaderFuzzTest {
  private static final ServerLimits LIMITS =
      new ServerLimits(64, 256, 64, 1024, 1 << 20, 1 << 20, 8, 4096, Duration.ofSeconds(1));

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/RequestReader"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    List<String> whole = requests(input, input.length);
    List<String> pieces = requests(input, 1 + (input[0] & 0x1F));
    if (!whole.equals(pieces)) throw new AssertionError(whole + " in one piece, " + pieces + " in several");
  }

  private static List<String> requests(byte[] input, int size) {
    List<String> seen = new ArrayList<>();
    RequestReader reader = new RequestReader(LIMITS);
    try {
      for (int at = 1; at < input.length;) {
        int end = Math.min(input.length, at + size);
        int taken = reader.read(input, at, end);
        if (taken < at || taken > end || (taken < end && !reader.isWhole())) throw new AssertionError(taken);
        at = taken;
        if (reader.isWhole()) {
          boolean cut = reader.exceeded();
          seen.add(reader.take() + (cut ? " cut" : ""));
          if (reader.expectsContinue()) throw new AssertionError("expects 100 behind a request");
        }
        if (reader.kept() > 8192) throw new AssertionError("keeps " + reader.kept());
      }
      seen.add(reader.isWhole() + "");
    } catch (RefusedException refused) {
      seen.add(refused.toString());
    }
    return seen;
  }
}
