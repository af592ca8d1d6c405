package dev.pinion.json;

import dev.pinion.spi.JsonCodec.MismatchException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records as JSON and back; what does not fit is refused by place. */
class RecordCodecTest {
  private final RecordCodec codec = new RecordCodec();

  enum Mood {
    GOOD, BAD
  }

  private record Author(String name) {}

  private record Post(String room, int seats, Optional<String> note, Author author, List<Integer> marks,
      Map<String, Boolean> flags, Mood mood, BigDecimal price, Instant at, UUID id) {}

  private static final String WHOLE = """
      {"room":"r","seats":2,"author":{"name":"Ada"},"marks":[1,2],"flags":{"a":true},"mood":"GOOD","price":1.50,\
      "at":"1970-01-01T00:00:00Z","id":"00000000-0000-0001-0000-000000000002"}""";

  @Test
  void aRecordComesBackAsItWas() throws MismatchException {
    Post post = codec.read(WHOLE, Post.class);
    assertThat(post.author()).isEqualTo(new Author("Ada"));
    assertThat(post.note()).isEmpty();
    assertThat(codec.write(post)).isEqualTo(WHOLE);
  }

  @Test
  void unknownMembersAreIgnored() throws MismatchException {
    assertThat(codec.read("{\"other\":[{}],\"name\":\"Ada\"}", Author.class)).isEqualTo(new Author("Ada"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "\"room\":\"r\" | \"x\":0 | room: missing",
    "\"seats\":2 | \"seats\":\"2\" | seats: ",
    "\"seats\":2 | \"seats\":1.5 | seats: ",
    "\"seats\":2 | \"seats\":99999999999 | seats: ",
    "\"seats\":2 | \"seats\":null | seats: ",
    "\"name\":\"Ada\" | \"x\":1 | author.name: missing",
    "\"marks\":[1,2] | \"marks\":[1,\"x\"] | marks[1]: ",
    "\"mood\":\"GOOD\" | \"mood\":\"SO\" | mood: not one of GOOD, BAD",
    "\"room\":\"r\" | \"room\":\"r\",\"room\":\"s\" | room: twice"})
  void whatDoesNotFitIsRefusedByPlace(String from, String to, String message) {
    assertThatThrownBy(() -> codec.read(WHOLE.replace(from, to), Post.class))
        .isInstanceOf(MismatchException.class)
        .hasMessageStartingWith(message.strip());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"~~", "{", "[]", "{\"name\":\"a\"} x", "{name:\"a\"}",
    "{'name':'a'}", "nonsense"})
  void whatIsNoJsonObjectIsRefused(String text) {
    assertThatThrownBy(() -> codec.read(text, Author.class)).isInstanceOf(MismatchException.class);
  }
}
