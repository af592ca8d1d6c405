package dev.pinion.tables;

import dev.pinion.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for rows on disk, and the inputs that it has found. An input is a row behind its
 * checksum, which is right here: the rest must be noticed, too. What is decoded is encoded as something that is decoded
 * as the same.
 */
public final class ItemCodecFuzzTest {
  private static final byte[] KEY = {1, 2, 3};

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/ItemCodec"))) {
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
    CRC32C checksum = new CRC32C();
    checksum.update(KEY);
    checksum.update(input);
    byte[] row = ByteBuffer.allocate(4 + input.length).putInt((int) checksum.getValue()).put(input).array();
    try {
      Item item = ItemCodec.decode(KEY, row);
      byte[] again = ItemCodec.encode(KEY, item);
      if (!ItemCodec.decode(KEY, again).equals(item)) throw new AssertionError(item);
      byte[] damaged = again.clone();
      damaged[input.length % damaged.length] ^= 1;
      decodeDamaged(damaged);
    } catch (ItemCodec.DamagedException noticed) {
      return;
    }
  }

  private static void decodeDamaged(byte[] row) {
    try {
      throw new AssertionError("not noticed: " + ItemCodec.decode(KEY, row));
    } catch (ItemCodec.DamagedException noticed) {
      return;
    }
  }
}
