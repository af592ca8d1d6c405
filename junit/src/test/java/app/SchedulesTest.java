package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import dev.pinion.junit.TestSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Schedules in tests of apps: they tick as the test moves the clock. */
@PinionTest(value = SchedulesTest.Ticking.class, startsAt = "2030-05-06T12:00:00Z")
class SchedulesTest {
  /** An app whose schedules write rows, one of them only at the third attempt. */
  static final class Ticking implements App {
    @Override
    public void define(Cloud cloud) {
      Table ticks = cloud.table("ticks").hashKey("at", STRING).create();
      Table attempts = cloud.table("attempts").hashKey("number", STRING).create();
      cloud.schedule("minute").rate(Duration.ofMinutes(1)).create()
          .onTick(tick -> ticks.putItem(Item.of("at", tick.scheduledTime().toString())));
      cloud.schedule("daily").cron("0 9 * * ? *").create().onTick(tick -> {
        long before = attempts.scan().count();
        attempts.putItem(Item.of("number", String.valueOf(before + 1)));
        if (before < 2) throw new IllegalStateException("on purpose");
      });
      cloud.schedule("far").at(LocalDateTime.of(2190, 1, 1, 0, 0)).create().onTick(tick -> {});
    }
  }

  /** An app without a WebSocket, whose handler does not end. */
  static final class Stuck implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.schedule("stuck").rate(Duration.ofMinutes(10)).create()
          .onTick(tick -> new java.util.concurrent.CountDownLatch(1).await()).timeout(Duration.ofMinutes(15));
    }
  }

  /** An app whose handler's sends and rows are allowed by its role. */
  static final class Sending implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> rows.putItem(Item.of("id", c.id())));
      cloud.schedule("tick").rate(Duration.ofMinutes(1)).create()
          .onTick(tick -> ws.broadcast(rows.scan().map(row -> row.string("id")), tick.scheduledTime().toString()));
    }
  }

  @Test
  void theyTickInOrderEachAtItsTime(Pinion pinion) {
    TestSchedule minute = pinion.schedule("minute");
    Instant first = minute.next().orElseThrow();
    minute.expectTicks(0);
    pinion.clock().advance(Duration.ofMinutes(3));
    assertThat(minute.ticks()).containsExactly(first, first.plusSeconds(60), first.plusSeconds(120));
    pinion.table("ticks").expectRows(
        Item.of("at", first.toString()), Item.of("at", first.plusSeconds(60).toString()),
        Item.of("at", first.plusSeconds(120).toString()));
  }

  @Test
  void aTestMayStartAtATimeOfItsOwn(Pinion pinion) {
    assertThat(pinion.schedule("daily").next()).contains(Instant.parse("2030-05-07T09:00:00Z"));
    Instant past = Instant.parse("1999-12-31T23:59:50Z");
    try (Pinion earlier = Pinion.of(new Ticking()).startsAt(past).start()) {
      assertThat(earlier.clock().instant()).isBetween(past, past.plusSeconds(60));
      earlier.clock().advance(Duration.ofHours(9));
      earlier.schedule("daily").expectTicks(0);
      earlier.clock().advance(Duration.ofMinutes(4));
      assertThat(earlier.schedule("daily").ticks()).containsExactly(Instant.parse("2000-01-01T09:00:00Z"));
    }
  }

  /** Run by the test below. */
  @PinionTest(value = Ticking.class, startsAt = "tomorrow")
  static final class WrongTime {
    @Test
    void starts(Pinion pinion) {}
  }

  @Test
  void aTimeThatIsNoneIsSaid() {
    assertThat(Outcomes.of(WrongTime.class).failures).singleElement().asString()
        .contains("startsAt = \"tomorrow\" of @PinionTest is no time: write one as \"2030-05-06T12:00:00Z\"");
  }

  @Test
  void aClockThatDoesNotReachATimeDoesNotTick(Pinion pinion) {
    pinion.clock().advance(Duration.ofSeconds(30));
    pinion.schedule("minute").expectTicks(0);
    pinion.schedule("far").expectTicks(0);
    pinion.table("ticks").expectNoRows();
  }

  @Test
  void aTickThatFailsIsTriedAgainOnTheSameClock(Pinion pinion) {
    pinion.clock().advance(Duration.ofHours(24));
    pinion.clock().advance(Duration.ofMinutes(3));
    assertThat(pinion.schedule("daily").ticks()).hasSize(1);
    pinion.table("attempts").expectRows(
        Item.of("number", "1"), Item.of("number", "2"), Item.of("number", "3"));
    assertThat(pinion.schedule("minute").ticks()).hasSizeBetween(1442, 1443);
    assertThat(String.join("\n", pinion.log())).contains(
        "handler daily for the tick of ", "failed (attempt 1, tried again in 1 min)",
        "failed (attempt 2, tried again in 2 min)");
  }

  @Test
  void aHandlerCanBeCalledAtAnyTime(Pinion pinion) {
    pinion.schedule("minute").fire();
    pinion.schedule("minute").expectTicks(1);
    assertThatThrownBy(() -> pinion.schedule("daily").fire()).isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("the handler of schedule 'daily' failed: java.lang.IllegalStateException: on purpose")
        .hasRootCauseMessage("on purpose");
  }

  @Test
  void whatWasExpectedAndWhatWasThereIsShown(Pinion pinion) {
    pinion.schedule("minute").fire();
    assertThatThrownBy(() -> pinion.schedule("minute").expectTicks(2)).isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s)schedule 'minute' expected 2 ticks\n  but it had 1 tick\n    \\S+Z\n.*");
    assertThatThrownBy(() -> pinion.schedule("hourly")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has no schedule 'hourly': it has [minute, daily, far]");
    assertThatThrownBy(pinion::url).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has no WebSocket");
  }

  @Test
  void ticksMayOverlapAndAreEndedByTheirTimeout() {
    try (Pinion pinion = Pinion.of(new Stuck()).start()) {
      pinion.clock().advance(Duration.ofMinutes(31));
      assertThat(pinion.log().stream().filter(line -> line.contains("Task timed out after 900 seconds"))).hasSize(1);
    }
  }

  @Test
  void whatTheySendArrives() {
    try (Pinion pinion = Pinion.of(new Sending()).start()) {
      TestClient ann = pinion.connect();
      Instant first = pinion.schedule("tick").next().orElseThrow();
      pinion.clock().advance(Duration.ofMinutes(1));
      ann.expect(first.toString());
      ann.expectNothing();
    }
  }
}
