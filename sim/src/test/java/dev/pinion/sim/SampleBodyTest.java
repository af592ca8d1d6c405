package dev.pinion.sim;

import dev.pinion.json.RecordCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleBodyTest {
  enum Colour {
    RED, BLUE
  }

  record Point(int x, double y, Colour colour) {}

  record Everything(
      String text, boolean yes, char letter, long number, BigDecimal exact, Instant when, UUID id,
      Optional<String> maybe, List<Point> points, Set<String> names, Map<String, Point> places, Object any,
      Point point) {}

  record Tree(String name, Optional<Tree> child, List<Tree> children) {}

  record Address(String mail) {
    Address {
      check(mail.contains("@"));
    }
  }

  record Percent(int percent) {
    Percent {
      check(percent >= 10 && percent <= 99);
    }
  }

  record Ended(boolean ended) {
    Ended {
      check(ended);
    }
  }

  record NoList(List<String> none) {
    NoList {
      check(none.isEmpty());
    }
  }

  record Impossible(String code) {
    Impossible {
      check(code.equals("4711-0815"));
    }
  }

  record Careless(String code) {
    Careless {
      check(code.charAt(9) != ' ');
    }
  }

  record Broken(String code) {
    Broken {
      throw new AssertionError(code);
    }
  }

  private static void check(boolean fits) {
    if (!fits) throw new IllegalArgumentException();
  }

  private final RecordCodec json = new RecordCodec();

  private String sample(Class<?> type) {
    return json.write(SampleBody.of(type, json).orElseThrow());
  }

  @Test
  void nestedRecordsAreFilledIn() {
    assertThat(sample(Everything.class))
        .contains("\"point\":{\"x\":1,\"y\":1,\"colour\":\"RED\"}", "\"text\":\"text\"", "\"names\":[\"names\"]")
        .doesNotContain("maybe");
  }

  @Test
  void aSampleIsWhatConstructorsTake() throws Exception {
    for (Class<?> type : List.of(Address.class, Percent.class, Ended.class, NoList.class, Careless.class)) {
      assertThat(json.read(sample(type), type)).isInstanceOf(type);
    }
  }

  @Test
  void aTypeThatTakesNoneOfTheUsualValuesHasASampleToChange() {
    assertThat(sample(Impossible.class)).isEqualTo("{\"code\":\"code\"}");
    assertThat(sample(Broken.class)).isEqualTo("{\"code\":\"code\"}");
  }

  @Test
  void aSampleFitsItsType() throws Exception {
    for (Class<?> type : List.of(Point.class, Everything.class, Tree.class, List.class, Map.class)) {
      assertThat(json.read(sample(type), type)).isInstanceOf(type);
    }
  }

  @Test
  void textHasNoSample() {
    assertThat(SampleBody.of(String.class, json)).isEmpty();
  }

  @Test
  void namesAreThoseOfTheSource() {
    assertThat(Everything.class.getRecordComponents())
        .extracting(component -> SampleBody.name(component.getGenericType()))
        .containsExactly("String", "boolean", "char", "long", "BigDecimal", "Instant", "UUID",
            "Optional<String>", "List<Point>", "Set<String>", "Map<String, Point>", "Object", "Point");
  }
}
