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

  private final RecordCodec json = new RecordCodec();

  private String sample(Class<?> type) {
    return json.write(SampleBody.of(type).orElseThrow());
  }

  @Test
  void nestedRecordsAreFilledIn() {
    assertThat(sample(Everything.class))
        .contains("\"point\":{\"x\":0,\"y\":0,\"colour\":\"RED\"}")
        .doesNotContain("maybe");
  }

  @Test
  void aSampleFitsItsType() throws Exception {
    for (Class<?> type : List.of(Point.class, Everything.class, Tree.class, List.class, Map.class)) {
      assertThat(json.read(sample(type), type)).isInstanceOf(type);
    }
  }

  @Test
  void textHasNoSample() {
    assertThat(SampleBody.of(String.class)).isEmpty();
  }

  @Test
  void namesAreThoseOfTheSource() {
    assertThat(Everything.class.getRecordComponents())
        .extracting(component -> SampleBody.name(component.getGenericType()))
        .containsExactly("String", "boolean", "char", "long", "BigDecimal", "Instant", "UUID",
            "Optional<String>", "List<Point>", "Set<String>", "Map<String, Point>", "Object", "Point");
  }
}
