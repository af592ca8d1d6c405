package dev.pinion.aws;

import dev.pinion.AttributeType;
import dev.pinion.TableBuilder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/// What a compilation over an earlier one says of its tables.
final class TableHistoryTest {
  private static Plan orders(UnaryOperator<TableBuilder> settings) {
    return Plans.of(cloud -> {
      settings.apply(cloud.table("orders").hashKey("id", STRING)).create();
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    });
  }

  private static TableBuilder index(TableBuilder table, String name, AttributeType type) {
    return table.attribute(name + "At", type).index(name, name + "At");
  }

  private static List<String> warnings(Plan before, Plan now, boolean oneIndexOnly) {
    return TableHistory.of(before).warnings(now, "replaced", "lost", oneIndexOnly);
  }

  private static final Plan NONE = orders(table -> table);
  private static final Plan ONE = orders(table -> index(table, "byA", STRING));
  private static final Plan TWO = orders(table -> index(index(table, "byA", STRING), "byB", NUMBER));

  @Test
  void anotherTimeToLiveIsSaid() {
    Plan expires = orders(table -> table.timeToLive("expires"));
    assertThat(warnings(expires, orders(table -> table.timeToLive("until")), false)).singleElement().asString()
        .startsWith(
            "warning: the time to live of table 'orders' was expires in the last compilation and is now until: ")
        .contains("Deploy without timeToLive first");
    assertThat(warnings(expires, NONE, true)).isEmpty();
    assertThat(warnings(NONE, expires, true)).isEmpty();
    assertThat(warnings(expires, expires, true)).isEmpty();
  }

  @Test
  void severalIndexesAtOnceAreSaidWhereOnlyOneCanChange() {
    assertThat(warnings(NONE, TWO, true)).singleElement().asString()
        .startsWith("warning: the indexes byA, byB of table 'orders' were added or removed since the last compilation")
        .endsWith("Deploy them one by one");
    assertThat(warnings(NONE, TWO, false)).isEmpty();
    assertThat(warnings(ONE, TWO, true)).isEmpty();
    assertThat(warnings(TWO, TWO, true)).isEmpty();
    assertThat(warnings(ONE, orders(table -> index(table, "byC", STRING)), true))
        .hasSize(2).last().asString().contains("the indexes byA, byC of table 'orders'");
  }

  @Test
  void anIndexThatGoesBeforeItsHandlersIsSaid() {
    for (boolean oneIndexOnly : new boolean[] {false, true}) {
      assertThat(warnings(TWO, ONE, oneIndexOnly)).singleElement().asString()
          .startsWith("warning: table 'orders' had the index 'byB' in the last compilation: it is deleted before");
    }
  }

  @Test
  void anIndexWithOtherKeysIsSaid() {
    Plan other = orders(table -> index(table, "byA", NUMBER));
    assertThat(warnings(ONE, other, true)).singleElement().asString()
        .contains("the keys of index 'byA' of table 'orders' were byAAt S",
            "are now byAAt N: CloudFormation refuses that");
    assertThat(warnings(ONE, other, false)).singleElement().asString().contains("empty until it is built again");
  }

  @Test
  void aTableThatIsReplacedOrNewHasNoOtherWarning() {
    Plan replaced = Plans.of(cloud -> {
      cloud.table("orders").hashKey("at", STRING).timeToLive("until").create();
      cloud.table("new").hashKey("at", STRING).attribute("a", STRING).index("byA", "a").attribute("b", STRING)
          .index("byB", "b").create();
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    });
    assertThat(warnings(orders(table -> index(table, "byA", STRING).timeToLive("expires")), replaced, true))
        .containsExactly(
            "warning: the keys of table 'orders' were id S in the last compilation and are now at S: replaced");
  }
}
