package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.WebSocket;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tasks in tests of apps: they are called when they are started, and again as the test moves the clock. */
@PinionTest(TasksTest.Shop.class)
class TasksTest {
  record Order(String id, String client) {}

  /** An app whose task happens once for each order, however often it is started. */
  static final class Shop implements App {
    @Override
    public void define(Cloud cloud) {
      Table done = cloud.table("done").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      Task<Order> charge = cloud.task("charge", Order.class).maximumEventAge(Duration.ofMinutes(1)).create();
      charge.onStart(order -> {
        try {
          done.putItem(Item.of("id", order.id()), attribute("id").notExists());
        } catch (ConditionalCheckFailedException e) {
          return; // another call has done it
        }
        ws.sendMessage(order.client(), "charged " + order.id());
      });
      ws.onRoute("order", Order.class, (c, order) -> charge.start(new Order(order.id(), c.id())));
      ws.onRoute("later", Order.class,
          (c, order) -> charge.startIn(Duration.ofHours(2), new Order(order.id(), c.id())));
      Task<String> failing = cloud.task("failing", String.class).create();
      failing.onStart(text -> {
        throw new IllegalStateException(text);
      });
    }
  }

  @Test
  void aDuplicateHappensOnce(Pinion pinion, @Connect TestClient ada) {
    ada.send("order", new Order("7", ""));
    ada.send("order", new Order("7", ""));
    ada.expect("charged 7");
    ada.expectNothing();
    pinion.task("charge").expectAttempts(2);
    pinion.task("charge").expectStarted(new Order("7", ada.id()), new Order("7", ada.id()));
    assertThat(pinion.task("charge").started(Order.class)).containsOnly(new Order("7", ada.id()));
  }

  @Test
  void aDelayedStartHasItsTime(Pinion pinion, @Connect TestClient ada) {
    Instant before = pinion.clock().instant();
    ada.send("later", new Order("8", ""));
    Instant next = pinion.task("charge").next().orElseThrow();
    assertThat(next).isBetween(before.plus(Duration.ofHours(2)), pinion.clock().instant().plus(Duration.ofHours(2)));
    pinion.task("charge").expectAttempts(0);
    pinion.clock().advance(Duration.ofHours(2));
    pinion.task("charge").expectAttempts(1);
    pinion.task("charge").expectDeadLetters(0);
    assertThat(pinion.task("charge").next()).isEmpty();
  }

  @Test
  void deadLettersSayWhy(Pinion pinion) {
    pinion.task("failing").start("out of stock");
    pinion.clock().advance(Duration.ofMinutes(3));
    assertThat(pinion.task("failing").deadLetters()).singleElement().satisfies(each -> {
      assertThat(each.body()).isEqualTo("\"out of stock\"");
      assertThat(each.error()).isEqualTo("java.lang.IllegalStateException: out of stock");
      assertThat(each.attempts()).isEqualTo(3);
    });
  }

  @Test
  void failedExpectationsShowWhatHappened(Pinion pinion) {
    pinion.task("failing").start("no");
    assertThatThrownBy(() -> pinion.task("failing").expectDeadLetters(1)).isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "task 'failing' expected 1 dead letter\n  but it had 0 dead letters\n    attempt 1 with \"no\","
                + " which failed: java.lang.IllegalStateException: no");
    assertThatThrownBy(() -> pinion.task("failing").expectStarted("yes")).isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected to be started with \"yes\"\n  but it was started with \"no\"");
    assertThatThrownBy(() -> pinion.task("failing").expectAttempts(2)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> pinion.task("fail")).hasMessage("the app has no task 'fail': it has [charge, failing]");
  }
}
