package app;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Items, and records as rows. */
class ItemTest {
  enum Mood {
    GOOD, BAD
  }

  record Address(String street, int number) {}

  record Person(String name, long age, BigDecimal balance, boolean member, Mood mood, Optional<String> nick,
      List<Address> addresses, Map<String, Integer> scores, Set<String> tags, Instant since, UUID id) {}

  private static final BigDecimal EXACT = new BigDecimal("12345678901234567890123456789012345.678");

  private static Person person(Optional<String> nick) {
    return new Person("Ada", 36, EXACT, true, Mood.GOOD, nick, List.of(new Address("Main", 1)), Map.of("chess", 7),
        Set.of("math"), Instant.EPOCH, new UUID(1, 2));
  }

  @Test
  void aRecordComesBackAsItWas() {
    Person read = Item.from(person(Optional.of("Countess"))).as(Person.class);
    assertThat(read).usingRecursiveComparison().isEqualTo(person(Optional.of("Countess")));
  }

  record Numbers(byte b, short s, int i, long l, float f, double d, Integer boxed, BigInteger big, BigDecimal exact) {}

  record Big(BigInteger n) {}

  record Long64(long n) {}

  record Exact(BigDecimal n, double d) {}

  /** Written with all its digits, each of these numbers would need gigabytes. */
  @Test
  void aNumberOfAnyExponentIsReadOrNamed() {
    for (String number : List.of(
        "1E-500000000", "1E+500000000", "1E+2147483647", "-1E+2147483646", "1E-2147483647", "10E2147483647")) {
      BigDecimal n = new BigDecimal(number);
      Item row = Item.of("n", n, "d", n);
      for (Class<? extends Record> type : List.of(Big.class, Long64.class)) {
        assertThatThrownBy(() -> row.as(type)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageMatching("(?s).*n.*1E[+-]\\d+ is (not a whole number|beyond the range of DynamoDB's numbers).*");
      }
      assertThat(row.as(Exact.class).n()).isEqualByComparingTo(n);
      assertThat(row.toString()).hasSizeLessThan(100);
    }
    assertThat(Item.of("n", new BigDecimal("9E+125")).as(Big.class).n()).isEqualTo(BigInteger.TEN.pow(125)
        .multiply(BigInteger.valueOf(9)));
  }

  record Texts(String text, Mood mood, UUID id, Instant at, Optional<Mood> perhaps) {}

  @SuppressWarnings("ArrayRecordComponent") // compared by content
  record Binaries(byte[] array, Bytes bytes, Set<Bytes> set) {}

  record Documents(List<List<Integer>> lists, List<? extends Number> bounded, Map<String, Address> records,
      Map<String, Object> free, Item item, AttributeValue any, Optional<List<Address>> perhaps,
      Collection<Boolean> flags) {}

  record Sets(Set<String> texts, Set<Integer> numbers, Set<Mood> moods, Set<UUID> ids) {}

  @Test
  void everyTypeComesBackAsItWas() {
    comesBack(new Numbers(Byte.MIN_VALUE, Short.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, 0.1f, 1 / 3.0, 7,
        BigInteger.TWO.pow(100), EXACT.negate()));
    comesBack(new Texts("", Mood.BAD, new UUID(3, 4), Instant.parse("2026-05-01T20:00:00.123456789Z"), Optional.of(
        Mood.GOOD)));
    Bytes bytes = Bytes.of(new byte[] {0, -1});
    comesBack(new Binaries(new byte[] {1, 2, 3}, bytes, Set.of(bytes)));
    comesBack(new Sets(Set.of("a", ""), Set.of(1, 2), Set.of(Mood.GOOD), Set.of(new UUID(1, 1))));
    comesBack(
        new Documents(List.of(List.of(1), List.of()), List.of(BigDecimal.ONE), Map.of("a", new Address("Main", 1)),
            Map.of("text", "x", "list", List.of(true, Map.of())), Item.of("a", 1), new AttributeValue.Null(),
            Optional.of(List.of()), List.of(true, false)));
  }

  private static void comesBack(Record row) {
    assertThat(Item.from(row).as(row.getClass())).usingRecursiveComparison().isEqualTo(row);
  }

  @Test
  void numbersAreExactToTheLastDigit() {
    for (String digits : List.of("12345678901234567890123456789012345678", "-0.12345678901234567890123456789012345678",
        "9.9999999999999999999999999999999999999E+125", "1E-130", "100", "0.10")) {
      BigDecimal number = new BigDecimal(digits);
      assertThat(Item.of("n", number).number("n")).as(digits).isEqualByComparingTo(number);
    }
  }

  @Test
  void anEmptyOptionalIsNoAttribute() {
    Item item = Item.from(person(Optional.empty()));
    assertThat(item.has("nick")).isFalse();
    assertThat(item.as(Person.class).nick()).isEmpty();
  }

  @Test
  void whatDoesNotFitNamesTheComponent() {
    assertThatThrownBy(() -> Item.of("street", "Main").as(Address.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Address.number: the row does not have this attribute");
    assertThatThrownBy(() -> Item.of("street", "Main", "number", "one").as(Address.class))
        .hasMessage("Address.number: an attribute of type S cannot be read as int");
    assertThatThrownBy(() -> Item.of("street", "Main", "number", 1.5).as(Address.class))
        .hasMessageStartingWith("Address.number: ");
  }

  @Test
  void numbersAreEqualByValue() {
    assertThat(Item.of("n", new BigDecimal("1.0"))).isEqualTo(Item.of("n", 1));
    assertThat(Item.of("n", new BigDecimal("1E+2")).number("n")).isEqualByComparingTo("100");
    assertThat(Item.of("n", EXACT).number("n")).isEqualTo(EXACT);
  }

  @Test
  void readersNameTheAttribute() {
    assertThatThrownBy(() -> Item.of("a", 1).string("b")).isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("'b'");
    assertThatThrownBy(() -> Item.of("a", 1).string("a")).isInstanceOf(ClassCastException.class)
        .hasMessageContaining("attribute 'a' is a number (N), not of type S: call integer(\"a\") or number(\"a\")");
  }

  @Test
  void whatDynamoDbHasNoTypeForIsRefused() {
    assertThatThrownBy(() -> AttributeValue.of(new Object())).hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> AttributeValue.of(Path.of("a/b"))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DynamoDB has no type for a path: store path.toString()");
    assertThatThrownBy(() -> AttributeValue.of(Set.of())).hasMessageContaining("no empty sets");
    assertThatThrownBy(() -> AttributeValue.of(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> AttributeValue.of(Set.of(true))).hasMessageContaining("not BOOL");
    assertThatThrownBy(() -> AttributeValue.of(Map.of(1, "a")))
        .hasMessageContaining("keys of a map must be strings in DynamoDB, but one is 1");
    assertThatThrownBy(() -> Item.of("when", Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attribute 'when': DynamoDB has no type for java.time.Duration");
  }

  record Node(List<Object> children) {}

  @Test
  void aValueThatContainsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Node node = new Node(new ArrayList<>());
    node.children().add(node);
    for (Object endless : List.of(list, node, Map.of("a", list))) {
      assertThatThrownBy(() -> AttributeValue.of(endless)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a value is nested more than 200 levels deep, or contains itself");
    }
  }

  @Test
  void aMistakeInAQueryIsToldWhereItIsMade() {
    assertThatThrownBy(() -> Query.hashKey("a").first(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a limit is 1 row or more, not 0");
    assertThatThrownBy(() -> Scan.all().first(-1)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> Attribute.attribute("list").at(-1)).hasMessageContaining("but is -1");
    assertThatThrownBy(() -> new Attribute(List.of())).hasMessage("a path begins with an attribute's name");
  }
}
