package dev.pinion.aws;

import dev.pinion.aws.Cost.Item;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/// What a month costs.
final class CostTest {
  @Test
  void tenThousandClientsAndABroadcastAMinute() {
    Cost cost = Cost.of(
        new Cost.Usage(number(10_000), number(0), number(0), number(0), number(432_000_000), 1024, 512, 20, number(0),
            number(0),
            number(0), 0,
            number(0), number(0), number(0)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).startsWith(
        tuple("connection-minutes", number(432_000_000), new BigDecimal("108.00")),
        tuple("messages", number(432_000_000), new BigDecimal("432.00")));
    assertThat(cost.total()).isEqualTo("540.00");
  }

  @Test
  void messagesAreMeteredPer32KiBAndCheaperAfterABillion() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(0), number(0), number(500_000_000), number(0), 100_000, 512, 0, number(0), number(0),
            number(0), 0,
            number(0), number(0), number(0)));
    assertThat(cost.items().get(1)).isEqualTo(new Item("messages", number(2_000_000_000), new BigDecimal("1800.00")));
  }

  @Test
  void functionsAndTablesArePaidByUse() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(500_000), number(0), number(1_000_000), number(0), 1, 1024, 500, number(0), number(0),
            number(0), 0,
            number(0), number(8_000_000), number(4_000_000)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).contains(
        tuple("function calls", number(2_000_000), new BigDecimal("0.40")),
        tuple("GB-seconds", number(1_000_000), new BigDecimal("13.33")),
        tuple("table reads", number(8_000_000), new BigDecimal("1.00")),
        tuple("table writes", number(4_000_000), new BigDecimal("2.50")));
  }

  @Test
  void anAuthorizerIsPaidAsACallOfAFunction() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(500_000), number(500_000), number(0), number(0), 1, 1024, 1000, number(0), number(0),
            number(0), 0, number(0), number(0), number(0)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).contains(
        tuple("function calls", number(1_500_000), new BigDecimal("0.30")),
        tuple("GB-seconds", number(1_500_000), new BigDecimal("20.00")));
  }

  @Test
  void aTickIsPaidToTheSchedulerAndAsACallOfAFunction() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(0), number(0), number(0), number(0), 1, 512, 20, number(0), number(10_000_000), number(0),
            0,
            number(0), number(0), number(0)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).contains(
        tuple("ticks", number(10_000_000), new BigDecimal("10.00")),
        tuple("function calls", number(10_000_000), new BigDecimal("2.00")),
        tuple("GB-seconds", number(100_000), new BigDecimal("1.33")));
  }

  @Test
  void aRequestIsPaidToTheHttpApiAndAsACallOfAFunction() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(0), number(0), number(0), number(0), 1, 512, 20, number(10_000_000), number(0), number(0),
            0,
            number(0), number(0), number(0)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).contains(
        tuple("HTTP requests", number(10_000_000), new BigDecimal("10.00")),
        tuple("function calls", number(10_000_000), new BigDecimal("2.00")));
  }

  @Test
  void aMessageOfAQueueIsThreeRequestsAndACall() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(0), number(0), number(0), number(0), 1, 512, 20, number(0), number(0), number(0), 0,
            number(1_000_000), number(0), number(0)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).contains(
        tuple("function calls", number(1_000_000), new BigDecimal("0.20")),
        tuple("queue requests", number(3_000_000), new BigDecimal("1.20")));
  }

  @Test
  void aTaskIsPaidForItsOwnTime() {
    Cost cost = Cost.of(
        new Cost.Usage(
            number(0), number(0), number(0), number(0), number(0), 1, 1024, 20, number(0), number(0), number(100_000),
            60_000,
            number(0), number(0), number(0)));
    assertThat(cost.items()).extracting(Item::name, Item::quantity, Item::dollars).contains(
        tuple("function calls", number(100_000), new BigDecimal("0.02")),
        tuple("GB-seconds", number(6_000_000), new BigDecimal("80.00")));
  }

  private static BigDecimal number(long value) {
    return BigDecimal.valueOf(value);
  }
}
