package dev.pinion.json;

import dev.pinion.Discriminator;
import dev.pinion.DiscriminatorValue;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.UnsupportedTypeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every type that messages support, as JSON and back. */
class MessagesTest {
  private final RecordCodec codec = new RecordCodec();

  enum Mood {
    GOOD, BAD {
      @Override
      boolean isGood() {
        return false;
      }
    };

    boolean isGood() {
      return true;
    }
  }

  record Times(Instant instant, LocalDate date, LocalTime time, LocalDateTime dateTime, OffsetTime offsetTime,
      OffsetDateTime offsetDateTime, ZonedDateTime zoned, Duration duration, Period period, Year year, YearMonth month,
      MonthDay day, ZoneId zone, ZoneOffset offset, DayOfWeek weekday) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Values(UUID id, BigDecimal price, BigInteger count, URI link, byte[] bytes, char letter, boolean flag,
      byte small, short shorter, int number, long longer, float single, double twice, CharSequence text) {}

  record Page<T>(List<T> rows, Optional<T> next) {}

  record Pages(Page<Author> authors, Page<List<Integer>> numbers) {}

  record Author(String name) {}

  record Collections_(List<String> list, Set<Mood> set, Map<Mood, Integer> byMood, Map<UUID, Author> byId,
      SequencedMap<Integer, String> byNumber, Map<String, Object> anything) {}

  record Marked(@Nullable String note, List<@Nullable String> notes, Map<String, @Nullable Integer> counts) {}

  @NullUnmarked
  record Boxed(String text, Integer number, Boolean flag) {}

  @Discriminator("kind")
  sealed interface Command {}

  @DiscriminatorValue("join")
  record Join(String room) implements Command {}

  record Many(List<Command> commands, Optional<Command> last) implements Command {}

  sealed interface Room extends Command {}

  record Leave(String room) implements Room {}

  sealed interface Result<T> {}

  record Ok<T>(T value) implements Result<T> {}

  record Failed<T>(String why) implements Result<T> {}

  record Answer(Result<LocalDate> result) {}

  record Tree(String name, List<Tree> children) {}

  static List<Object> values() {
    return List.of(
        new Times(Instant.EPOCH, LocalDate.of(2026, 1, 31), LocalTime.NOON, LocalDateTime.of(2026, 1, 31, 12, 0),
            OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(1)), OffsetDateTime.parse("2026-01-31T12:00+01:00"),
            ZonedDateTime.parse("2026-01-31T12:00+01:00[Europe/Paris]"), Duration.ofMinutes(90), Period.ofMonths(1),
            Year.of(2026), YearMonth.of(2026, 1), MonthDay.of(1, 31), ZoneId.of("Europe/Paris"), ZoneOffset.ofHours(1),
            DayOfWeek.MONDAY),
        new Pages(new Page<>(List.of(new Author("Ada")), Optional.of(new Author("Bob"))),
            new Page<>(List.of(List.of(1, 2)), Optional.empty())),
        new Marked(null, Arrays.<@Nullable String>asList("a", null),
            Collections.<String, @Nullable Integer>singletonMap("a", null)),
        new Many(List.of(new Join("r"), new Leave("s"), new Many(List.of(), Optional.empty())),
            Optional.of(new Leave("t"))),
        new Answer(new Ok<>(LocalDate.EPOCH)),
        new Answer(new Failed<>("late")),
        new Tree("a", List.of(new Tree("b", List.of()))),
        Mood.BAD);
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackAsItWas(Object value) throws MismatchException {
    Class<?> type = value instanceof Mood ? Mood.class : value.getClass();
    assertThat(codec.read(codec.write(value), type)).isEqualTo(value);
  }

  @Test
  void scalarsAreTextsAndNumbers() throws MismatchException {
    Values values = new Values(new UUID(1, 2), new BigDecimal("1.50"), BigInteger.TWO.pow(70), URI.create("a/b?c"),
        new byte[] {1, (byte) 255}, 'x', true, (byte) 1, (short) 2, 3, 4, 1.5f, 2.5, CharBuffer.wrap("text"));
    String text = codec.write(values);
    assertThat(text).isEqualTo("{\"id\":\"00000000-0000-0001-0000-000000000002\",\"price\":1.50,"
        + "\"count\":1180591620717411303424,\"link\":\"a/b?c\",\"bytes\":\"Af8=\",\"letter\":\"x\",\"flag\":true,"
        + "\"small\":1,\"shorter\":2,\"number\":3,\"longer\":4,\"single\":1.5,\"twice\":2.5,\"text\":\"text\"}");
    Values back = codec.read(text, Values.class);
    assertThat(back.bytes()).containsExactly(1, 255);
    assertThat(back.text()).isEqualTo("text");
    assertThat(codec.write(back)).isEqualTo(text);
  }

  @Test
  void collectionsKeepTheirOrderAndTakeNullsOfAnything() throws MismatchException {
    String text = "{\"list\":[\"a\",\"a\"],\"set\":[\"BAD\",\"GOOD\"],\"byMood\":{\"BAD\":1},"
        + "\"byId\":{\"00000000-0000-0001-0000-000000000002\":{\"name\":\"Ada\"}},"
        + "\"byNumber\":{\"2\":\"b\",\"1\":\"a\"},"
        + "\"anything\":{\"x\":null,\"y\":[null,1.5,{\"z\":null}],\"t\":true}}";
    Collections_ read = codec.read(text, Collections_.class);
    assertThat(read.byMood()).containsEntry(Mood.BAD, 1);
    assertThat(read.anything()).containsEntry("x", null);
    assertThat(codec.write(read)).isEqualTo(text);
    assertThat(codec.read("{\"a\":null}", Map.class).toString()).isEqualTo("{a=null}");
    assertThat(codec.read("[null]", List.class).toString()).isEqualTo("[null]");
    assertThatThrownBy(() -> codec.read(text.replace("\"a\",\"a\"", "null"), Collections_.class))
        .hasMessage("list[0]: null");
    assertThatThrownBy(() -> codec.read(text.replace("{\"BAD\":1}", "{\"SO\":1}"), Collections_.class))
        .hasMessage("byMood.SO: not one of GOOD, BAD");
  }

  /** What Java's own methods read as well, as something else. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "byNumber | +1 | not an int", "byNumber | 01 | not an int", "byNumber | \u0661 | not an int",
    "byNumber | -01 | not an int", "byNumber | - | not an int",
    "byId | 1-1-1-1-1 | not a UUID", "byId | 123e45678-e89-12d3-a456-426614174000 | not a UUID",
    "byId | -23e4567-e89b-12d3-a456-426614174000 | not a UUID"})
  void namesOfOtherFormsAreRefused(String member, String name, String message) {
    String all = "{\"list\":[],\"set\":[],\"byMood\":{},\"byId\":{},\"byNumber\":{},\"anything\":{}}";
    String value = member.equals("byId") ? "{\"name\":\"Ada\"}" : "\"x\"";
    String text = all.replace("\"" + member + "\":{}", "\"" + member + "\":{\"" + name + "\":" + value + "}");
    assertThatThrownBy(() -> codec.read(text, Collections_.class))
        .hasMessage(member + "." + name + ": " + message);
  }

  @Test
  void anythingCanBeWritten() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("none", null);
    all.put("some", List.of(Optional.of(1), Optional.empty(), Mood.BAD, Set.of("s")));
    all.put("moods", new EnumMap<>(Map.of(Mood.GOOD, new Author("Ada"))));
    all.put("at", LocalDate.EPOCH);
    assertThat(codec.write(all)).isEqualTo("{\"none\":null,\"some\":[1,null,\"BAD\",[\"s\"]],"
        + "\"moods\":{\"GOOD\":{\"name\":\"Ada\"}},\"at\":\"1970-01-01\"}");
    assertThat(codec.write(42)).isEqualTo("42");
    assertThat(codec.write(List.of("a"))).isEqualTo("[\"a\"]");
    assertThat(codec.write("\"\\\n\u0001\u007f\ud83d\ude00 \ud83d"))
        .isEqualTo("\"\\\"\\\\\\n\\u0001\u007f\ud83d\ude00 \\ud83d\"");
  }

  @Test
  void nullableComponentsMayBeNullOrMissing() throws MismatchException {
    assertThat(codec.read("{\"notes\":[],\"counts\":{}}", Marked.class).note()).isNull();
    assertThat(codec.read("{\"text\":\"a\",\"number\":null}", Boxed.class)).isEqualTo(new Boxed("a", null, null));
    assertThat(codec.write(new Boxed("a", null, true))).isEqualTo("{\"text\":\"a\",\"number\":null,\"flag\":true}");
    assertThatThrownBy(() -> codec.read("{\"text\":null}", Boxed.class)).hasMessage("text: null");
    assertThatThrownBy(() -> codec.read("{}", Boxed.class)).hasMessage("text: missing");
  }

  @Test
  void aRecordOfASealedInterfaceAlwaysCarriesItsDiscriminator() throws MismatchException {
    assertThat(codec.write(new Join("r"))).isEqualTo("{\"kind\":\"join\",\"room\":\"r\"}");
    assertThat(codec.write(List.of(new Leave("r")))).isEqualTo("[{\"kind\":\"Leave\",\"room\":\"r\"}]");
    assertThat(codec.write(Map.of("x", new Ok<>(1)))).isEqualTo("{\"x\":{\"type\":\"Ok\",\"value\":1}}");
    assertThat(codec.read("{\"room\":\"r\",\"x\":[{}],\"kind\":\"join\"}", Command.class)).isEqualTo(new Join("r"));
    assertThat(codec.read("{\"room\":\"r\"}", Join.class)).isEqualTo(new Join("r"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "{\"room\":\"r\"} | kind: missing",
    "{\"kind\":\"leave\",\"room\":\"r\"} | kind: not one of join, Many, Leave",
    "{\"kind\":1,\"room\":\"r\"} | kind: not text",
    "{\"kind\":null} | kind: null",
    "{\"kind\":\"join\"} | room: missing",
    "{\"kind\":\"join\",\"room\":\"r\",\"kind\":\"join\"} | kind: twice",
    "{\"kind\":\"Many\",\"commands\":[{\"room\":\"r\"}]} | commands[0].kind: missing",
    "{\"room\":\"r\",\"kind\":\"join\" | not JSON",
    "[] | not an object"})
  void whatFitsNoRecordOfASealedInterfaceIsRefused(String text, String message) {
    assertThatThrownBy(() -> codec.read(text, Command.class)).hasMessage(message);
  }

  @Test
  void theDiscriminatorOfAnotherRecordIsRefused() {
    assertThatThrownBy(() -> codec.read("{\"kind\":\"Leave\",\"room\":\"r\"}", Join.class))
        .hasMessage("kind: not join");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "\"instant\":\"1970-01-01T00:00:00Z\" | \"instant\":0 | instant: not an instant such as 2026-01-31T12:00:00Z",
    "\"date\":\"2026-01-31\" | \"date\":\"2026-02-30\" | date: not a date such as 2026-01-31",
    "\"zone\":\"Europe/Paris\" | \"zone\":\"Paris\" | zone: not a time zone such as Europe/Paris"})
  void timesThatDoNotExistAreRefused(String from, String to, String message) {
    String text = codec.write(values().getFirst());
    assertThat(text).contains(from);
    assertThatThrownBy(() -> codec.read(text.replace(from, to), Times.class)).hasMessage(message);
  }

  @Test
  void whatCannotBeWrittenIsNamedByPlace() {
    assertThatThrownBy(() -> codec.write(new Ok<>(Stream.of(1))))
        .isInstanceOf(UnsupportedTypeException.class)
        .hasMessageStartingWith("Ok.value: ")
        .hasMessageEndingWith("use a List, such as stream.toList()");
    assertThatThrownBy(() -> codec.write(Map.of(1.5, "x"))).hasMessageContaining("use String, an enum");
    assertThatThrownBy(() -> codec.write(Double.NaN)).hasMessageStartingWith("NaN is not a JSON number");
    assertThatThrownBy(() -> codec.write(new AtomicInteger())).hasMessageEndingWith("use int");
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatThrownBy(() -> codec.write(itself)).hasMessageContaining("does the value contain itself?");
  }
}
