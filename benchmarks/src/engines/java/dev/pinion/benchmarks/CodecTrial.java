package dev.pinion.benchmarks;

import java.util.List;
import java.util.Locale;

/** What each codec for records is asked: to read a message into a record, and to write it again. */
final class CodecTrial {
  private static final String JSON = """
      {"action":"post","room":{"name":"lobby","open":true},"text":"hello","ids":[1,2,3],"tags":["a","b"]}""";
  private static final int TIMES = 200_000;

  private CodecTrial() {}

  /** A message of a typed route. */
  record Post(String action, Room room, String text, List<Long> ids, List<String> tags) {}

  /** A record in a record. */
  record Room(String name, boolean open) {}

  /** A codec under test, used by one thread. */
  interface Codec {
    Post read(String json) throws Exception;

    String write(Post post) throws Exception;
  }

  /** Makes a codec. */
  interface Maker {
    Codec make() throws Exception;
  }

  /** Prints how many milliseconds a new JVM takes for the first record, and microseconds for later ones. */
  static void run(Maker maker) throws Exception {
    long start = System.nanoTime();
    Codec codec = maker.make();
    String written = codec.write(codec.read(JSON));
    long first = System.nanoTime() - start;
    if (!codec.read(written).equals(codec.read(JSON))) throw new IllegalStateException(written);
    long length = again(codec);
    start = System.nanoTime();
    length -= again(codec);
    long later = System.nanoTime() - start;
    if (length != 0) throw new IllegalStateException("other texts than before");
    System.out.printf(Locale.ROOT, "%.3f %.3f%n", first / 1e6, later / 1e3 / TIMES);
  }

  private static long again(Codec codec) throws Exception {
    long length = 0;
    for (int i = 0; i < TIMES; i++) {
      length += codec.write(codec.read(JSON)).length();
    }
    return length;
  }
}
