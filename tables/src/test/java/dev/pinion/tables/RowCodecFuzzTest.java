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
 * The target of {@code .ci/fuzz} for encoded rows, and the inputs that it has found. Bytes that are no row fail in
 * one of two ways; what is decoded is encoded as something that is decoded as the same, and each attribute is found
 * by its name.
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
    } catch (IndexOutOfBoundsException | IllegalArgumentException noRow) {
      return;
    }
    byte[] again = RowCodec.encode(item);
    if (!RowCodec.decode(again).equals(item)) throw new AssertionError(item);
    item.attributes().forEach((name, value) -> {
      if (!value.equals(RowCodec.find(again, name))) throw new AssertionError(name + " in " + item);
    });
  }
}
