package dev.pinion.json;

import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for the JSON reader, and the inputs that it has found. Whatever is read is written as
 * a text that is read as the same again; what is not JSON is so for every type; nothing but a mismatch is thrown.
 */
public final class RecordCodecFuzzTest {
  private static final RecordCodec CODEC = new RecordCodec();

  enum Mood {
    GOOD, BAD
  }

  sealed interface Part {}

  record Leaf(Optional<String> text, Integer number, Map<Mood, Integer> moods) implements Part {}

  record Branch(List<Part> parts, Set<Mood> moods) implements Part {}

  record Scalars(Optional<BigDecimal> decimal, Optional<Double> twice, Optional<Float> single, Optional<Byte> small,
      Optional<UUID> id, Optional<URI> link, Optional<Instant> at, Optional<Duration> length,
      Optional<ZonedDateTime> zoned, Optional<Character> letter, Optional<Part> part, Map<Long, Object> rest) {}

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/RecordCodec"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Reads one input as several types. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean json = isJson(text);
    for (Class<?> type : List.of(Object.class, Part.class, Scalars.class)) {
      try {
        Object value = CODEC.read(text, type);
        if (!json) throw new AssertionError("read what is not JSON: " + value);
        comesBack(value, type);
      } catch (MismatchException mismatch) {
        boolean notJson = saysNotJson(String.valueOf(mismatch.getMessage()));
        if (notJson && json) throw new AssertionError(mismatch);
      }
    }
  }

  /** The text before may be of the input, such as a member's name. */
  private static boolean saysNotJson(String message) {
    return message.endsWith("not JSON") || message.endsWith("not JSON: there is more after the value");
  }

  private static void comesBack(Object value, Class<?> type) {
    String written = CODEC.write(value);
    try {
      String again = CODEC.write(CODEC.read(written, type));
      if (!again.equals(written)) throw new AssertionError(written + " became " + again);
    } catch (MismatchException e) {
      throw new AssertionError(written, e);
    }
  }

  private static boolean isJson(String text) {
    JsonReader in = new JsonReader(text);
    try {
      in.skip();
      in.end();
      return true;
    } catch (Misfit notJson) {
      return false;
    }
  }
}
