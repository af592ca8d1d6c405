package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page shows and calls again of handlers that are not a route's, and of calls that outlast their program. */
@SuppressWarnings("unchecked") // of JSON objects, whose members are looked up by name
final class ConsoleCallsTest extends ConsoleClient {
  private static final Semaphore HELD = new Semaphore(0);
  private static CountDownLatch begun = new CountDownLatch(1);

  /** An app whose messages may wait. */
  static final class Waiting implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.secret("key");
      WebSocket ws = cloud.webSocket("shop").create();
      ws.onMessage((c, text) -> {
        if (text.equals("wait")) {
          begun.countDown();
          HELD.acquire();
        }
        ws.sendMessage(c.id(), "done");
      });
    }
  }

  /** The same app later, with a schedule that fails at one time. */
  static final class Ticking implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      cloud.webSocket("shop").create().onMessage((c, text) -> {});
      cloud.schedule("late").cron("0 0 1 1 ? 2099").create().onTick(tick -> {
        rows.putItem(Item.of("id", tick.scheduledTime().toString()));
        if (tick.scheduledTime().toString().startsWith("2030-01-01"))
          throw new IllegalStateException("with open sesame");
      });
      cloud.secret("key");
    }
  }

  /** The same app with a task that always fails, and only once. */
  static final class Failing implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.webSocket("shop").create().onMessage((c, text) -> {});
      cloud.secret("key");
      cloud.task("print", String.class).maximumRetryAttempts(0).create().onStart(text -> {
        throw new IllegalStateException("no paper");
      });
    }
  }

  @BeforeEach
  void start(@TempDir Path data) {
    begun = new CountDownLatch(1);
    start(new Waiting(), data, Map.of("key", "open sesame"));
  }

  @Test
  void aTickIsShownAsARequestIsAndCalledAgainWithAnotherTime() throws Exception {
    get("events.json");
    simulator().reload(new Ticking());
    assertThat(get("api.json").get("kinds")).isEqualTo(List.of(
        Map.of("id", "message", "one", "Message", "many", "Messages"),
        Map.of("id", "tick", "one", "Tick", "many", "Ticks")));
    simulator().tick(simulator().model().schedules().getFirst());
    Map<String, Object> tick = events(1).getFirst();
    assertThat(tick).containsEntry("kind", "tick").containsEntry("handler", "late").containsEntry("again", false);
    assertThat((List<Map<String, Object>>) tick.get("steps")).extracting(each -> each.get("operation"))
        .containsExactly("putItem");
    assertThat(json.write(tick)).contains("IllegalStateException: with ‹secret key›").doesNotContain("sesame");
    assertThat(own("again", Map.of("number", tick.get("n"))).body()).contains("The handler failed", "‹secret key›");
    assertThat(own("again", Map.of("number", tick.get("n"), "text", "2031-02-03T04:05:06Z")).body())
        .contains("\"done\":true", "The handler has returned.");
    assertThat(own("again", Map.of("number", tick.get("n"), "text", "soon")).statusCode()).isEqualTo(400);
    Map<String, Object> again = events(4).get(3);
    assertThat(again).containsEntry("again", true).doesNotContainKey("failure");
    assertThat(json.write(again.get("body"))).contains("2031-02-03T04:05:06Z");
  }

  @Test
  void aTaskIsShownAndCalledAgainAndItsDeadLettersAreThere() throws Exception {
    get("events.json");
    simulator().reload(new Failing());
    assertThat(get("dead.json?id=print")).containsEntry("letters", List.of());
    simulator().start(simulator().model().tasks().getFirst(), "\"a letter, open sesame\"");
    Map<String, Object> start = events(1).getFirst();
    assertThat(start).containsEntry("kind", "task").containsEntry("handler", "print").containsEntry("repeatable", true);
    assertThat(own("again", Map.of("number", start.get("n"), "text", "\"another\"")).body()).contains("no paper");
    while (!simulator().handlerLoad().isIdle()) Thread.onSpinWait();
    Map<String, Object> dead = get("dead.json?id=print");
    assertThat(dead.get("letters")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1);
    assertThat(json.write(dead)).contains("a letter, ‹secret key›", "IllegalStateException: no paper")
        .doesNotContain("sesame");
    assertThat(get("dead.json?id=shop")).containsEntry("letters", List.of());
  }

  /** The same app with a handler of a table's changes. */
  static final class Changing implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.webSocket("shop").create().onMessage((c, text) -> {});
      cloud.secret("key");
      Table done = cloud.table("done").hashKey("id", STRING).create();
      Table rows = cloud.table("rows").hashKey("id", STRING).rangeKey("n", NUMBER).create();
      rows.onChange(change -> {
        if (change.expired()) throw new IllegalStateException("gone with open sesame");
        done.putItem(Item.of("id", change.type() + change.newItem().map(row -> row.string("text")).orElse("none")));
      });
    }
  }

  @Test
  void aChangeIsShownAndCalledAgainWithOtherImages() throws Exception {
    get("events.json");
    simulator().reload(new Changing());
    simulator().store().putItem(
        new dev.pinion.spi.Write.Put(
            simulator().model().tables().getLast(), Item.of("id", "a", "n", 1, "text", "open sesame"),
            java.util.Optional.empty()));
    Map<String, Object> change = events(1).getFirst();
    assertThat(change).containsEntry("kind", "change").containsEntry("handler", "rows/changes")
        .containsEntry("repeatable", true);
    assertThat(json.write(change.get("body"))).contains("INSERT", "NewImage", "‹secret key›").doesNotContain("sesame");
    assertThat(again(change, null)).contains("\"done\":true", "The handler has returned.");
    String image = "{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"},\"text\":{\"S\":\"%s\"}}";
    String both = "{\"OldImage\":" + image.formatted("x") + ",\"NewImage\":" + image.formatted("y") + "}";
    assertThat(again(change, both)).contains("\"done\":true");
    assertThat(again(change, "{\"OldImage\":" + image.formatted("x") + ",\"expired\":true}"))
        .contains("The handler failed", "‹secret key›");
    assertThat((List<Map<String, Object>>) events(4).get(2).get("steps"))
        .anyMatch(each -> json.write(each).contains("MODIFYy"));
    assertThat(again(change, "[]")).contains("A change is an object");
    assertThat(again(change, "{")).contains("This is not JSON");
    assertThat(again(change, "{}")).contains("A change has an OldImage, a NewImage or both.");
    assertThat(again(change, both.replaceFirst("\"1\"", "\"2\""))).contains("a change is of one row");
    assertThat(again(change, both.replace("{\"N\":\"1\"}", "{\"S\":\"1\"}")))
        .contains("The key 'n' must be of type N, not S.");
    assertThat(again(change, both.replace("{\"S\":\"x\"}", "{\"X\":\"x\"}"))).contains("OldImage: Supplied");
    assertThat(again(change, both.replaceFirst("\\{", "{\"eventName\":\"INSERT\",")))
        .contains("With these images, it is a MODIFY, not 'INSERT'");
  }

  private String again(Map<String, Object> event, @org.jspecify.annotations.Nullable String text) throws Exception {
    Object number = event.get("n");
    return own("again", text == null ? Map.of("number", number) : Map.of("number", number, "text", text)).body();
  }

  @Test
  void theAppHasItsSchedulesWithTheirRoles() throws Exception {
    simulator().reload(new Ticking());
    Map<String, Object> trigger = ((List<Map<String, Object>>) get("model.json").get("triggers")).getFirst();
    assertThat(trigger).containsEntry("id", "late").containsEntry("kind", "schedule")
        .containsEntry("what", "cron(0 0 1 1 ? 2099) in UTC");
    assertThat(((Number) trigger.get("next")).longValue()).isEqualTo(4_070_908_800_000L);
    assertThat(json.write(trigger.get("handlers"))).contains("dynamodb:PutItem", "ConsoleCallsTest.java:");
  }

  @Test
  void aHandlerThatIsCalledByHandAndOutlastsItsProgramIsNamed() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("go", true).join();
    assertThat(next()).isEqualTo("done");
    Object number = events(1).getFirst().get("n");
    CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> {
      try {
        return own("again", Map.of("number", number, "text", "wait")).body();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(handlers()).isEmpty();
    simulator().reload(new Ticking());
    assertThat(handlers()).singleElement().asString().matches(
        "program 1: handler shop/\\$default for connection \\S+, called by hand, runs at ConsoleCallsTest\\.java:\\d+");
    HELD.release();
    assertThat(call.get(20, TimeUnit.SECONDS)).contains("The handler answered 200.");
    assertThat(next()).isEqualTo("done");
    assertThat(handlers()).isEmpty();
  }

  /** Returns what still runs of programs that were replaced, without the threads of this test's client. */
  private List<String> handlers() {
    return simulator().status().retired().stream().filter(each -> each.contains("handler")).toList();
  }
}
