package app;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import java.math.BigDecimal;
import java.time.Instant;
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
        .hasMessage("Address.number: the row has no such attribute");
    assertThatThrownBy(() -> Item.of("street", "Main", "number", "one").as(Address.class))
        .hasMessage("Address.number: an attribute of type S is no int");
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
        .hasMessageContaining("'a' is of type N, not S");
  }

  @Test
  void whatDynamoDbHasNoTypeForIsRefused() {
    assertThatThrownBy(() -> AttributeValue.of(new Object())).hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> AttributeValue.of(Set.of())).hasMessageContaining("no empty sets");
    assertThatThrownBy(() -> AttributeValue.of(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> AttributeValue.of(Set.of(true))).hasMessageContaining("not BOOL");
  }
}
