package dev.pinion.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The words that no attribute in an expression may be named by; a placeholder can stand for them.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html">DynamoDB: reserved
 *     words</a>
 */
final class ReservedWords {
  private static final Set<String> WORDS = words();

  private ReservedWords() {}

  private static Set<String> words() {
    try (InputStream words = ReservedWords.class.getResourceAsStream("reserved-words")) {
      if (words == null) {
        throw new IllegalStateException("the list of reserved words is missing");
      }
      return Set.of(new String(words.readAllBytes(), US_ASCII).strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean contain(String name) {
    return WORDS.contains(name.toUpperCase(Locale.ROOT));
  }
}
