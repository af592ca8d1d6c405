package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.TableChange;
import dev.pinion.WebSocket;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** Changes of tables in tests of apps: their handler is called as soon as a row has changed. */
@PinionTest(ChangesTest.Members.class)
class ChangesTest {
  record Seat(String id, String name) {}

  /** An app that tells everybody who comes and goes. */
  static final class Members implements App {
    @Override
    public void define(Cloud cloud) {
      Table watchers = cloud.table("watchers").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      Table members = cloud.table("members").hashKey("id", STRING).timeToLive("ends").create();

      members.onChange(change -> {
        String what = switch (change.type()) {
          case INSERT -> change.newItem().orElseThrow().string("name") + " came";
          case MODIFY -> change.oldItem().orElseThrow().string("name") + " is now "
              + change.newItem().orElseThrow().string("name");
          case REMOVE -> change.oldItem().orElseThrow().string("name") + (change.expired() ? " fell asleep" : " left");
        };
        ws.broadcast(watchers.scan().map(row -> row.string("id")), what);
      });

      Table scores = cloud.table("scores").hashKey("player", STRING)
          .changeBatchSize(1_000).changeBatchingWindow(Duration.ofSeconds(20)).create();
      scores.onChange(
          change -> ws.broadcast(
              watchers.scan().map(row -> row.string("id")),
              change.newItem().orElseThrow().string("player") + " has " + change.newItem().orElseThrow().number("n")));
      ws.onConnect(c -> watchers.putItem(Item.of("id", c.id())));
      ws.onRoute("sit", Seat.class, (c, seat) -> members.putItem(Item.of("id", seat.id(), "name", seat.name())));
      ws.onRoute("leave", Seat.class, (c, seat) -> members.deleteItem(Key.of("id", seat.id())));
    }
  }

  @Test
  void everybodySeesWhoComesAndGoes(Pinion pinion, @Connect TestClient ada) {
    ada.send("sit", new Seat("1", "bob"));
    ada.expect("bob came");
    ada.send("sit", new Seat("1", "robert"));
    ada.expect("bob is now robert");
    ada.send("leave", new Seat("1", ""));
    ada.expect("robert left");
    assertThat(pinion.table("members").changes()).extracting(TableChange::type)
        .containsExactly(TableChange.Type.INSERT, TableChange.Type.MODIFY, TableChange.Type.REMOVE);
  }

  @Test
  void aRowThatExpiresIsToldToo(Pinion pinion, @Connect TestClient ada) {
    long ends = pinion.clock().instant().getEpochSecond() + 60;
    pinion.table("members").put(Item.of("id", "1", "name", "bob", "ends", ends));
    ada.expect("bob came");
    pinion.clock().advance(Duration.ofSeconds(62));
    ada.expect("bob fell asleep");
  }

  @Test
  void aRowThatCannotBeToldIsADeadLetter(Pinion pinion, @Connect TestClient ada) {
    pinion.table("members").put(Item.of("id", "1"), Item.of("id", "2", "name", "eve"));
    ada.expect("eve came");
    pinion.clock().advance(Duration.ofMinutes(1));
    assertThat(pinion.table("members").deadLetters()).singleElement()
        .satisfies(each -> assertThat(each.attempts()).isEqualTo(5));
  }

  @Test
  void gatheredChangesComeWhenTheClockMoves(Pinion pinion, @Connect TestClient ada) {
    pinion.table("scores").put(Item.of("player", "bob", "n", 1));
    pinion.table("scores").put(Item.of("player", "bob", "n", 2));
    ada.expectNothing();
    pinion.clock().advance(Duration.ofSeconds(20));
    ada.expect("bob has 1");
    ada.expect("bob has 2");
  }
}
