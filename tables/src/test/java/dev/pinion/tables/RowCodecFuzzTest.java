package dev.pinion.tables;

import dev.pinion.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for rows on disk, and the inputs that it has found. An input is a row's bytes: either
 * they end too early or hold something unknown, which is reported, or what is decoded is encoded as something that is
 * decoded as the same.
 */
public final class RowCodecFuzzTest {
  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/RowCodec"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Decodes one row. */
  public static void fuzzerTestOneInput(byte[] input) {
    Item item;
    try {
      item = RowCodec.decode(input);
    } catch (IndexOutOfBoundsException | IllegalArgumentException noticed) {
      return;
    }
    if (!RowCodec.decode(RowCodec.encode(item)).equals(item)) throw new AssertionError(item);
  }
}
