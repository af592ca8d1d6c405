package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Queues in tests of apps: a message is handled when it is sent, and again as the test moves the clock. */
@PinionTest(QueuesTest.Printing.class)
class QueuesTest {
  record Job(String id, String client) {}

  record Move(String game, int square) {}

  /** An app that does its work in queues. */
  static final class Printing implements App {
    @Override
    public void define(Cloud cloud) {
      Table done = cloud.table("done").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      MessageQueue<Job> jobs = cloud.queue("jobs", Job.class).create();
      jobs.onMessage(job -> {
        if (job.id().equals("torn")) throw new IOException("the paper is torn");
        ws.sendMessage(job.client(), "printed " + job.id());
      }).timeout(Duration.ofSeconds(10));
      ws.onRoute("print", Job.class, (c, job) -> jobs.send(new Job(job.id(), c.id())));
      ws.onRoute("printLater", Job.class, (c, job) -> jobs.sendIn(Duration.ofMinutes(5), new Job(job.id(), c.id())));

      MessageQueue<Job> payments = cloud.queue("payments", Job.class).create();
      payments.onMessage((job, message) -> {
        try {
          done.putItem(Item.of("id", message.messageId()), attribute("id").notExists());
        } catch (ConditionalCheckFailedException e) {
          return; // it came a second time
        }
        ws.sendMessage(job.client(), "paid " + job.id());
      });
      ws.onRoute("pay", Job.class, (c, job) -> payments.send(new Job(job.id(), c.id())));

      MessageQueue<Move> moves = cloud.queue("moves", Move.class).orderedBy(Move::game).create();
      moves.onMessage(move -> done.putItem(Item.of("id", move.game(), "square", move.square())));
      ws.onRoute("move", Move.class, (c, move) -> moves.send(move));
      cloud.queue("unread", String.class).create();
    }
  }

  @Test
  void aJobIsPrinted(Pinion pinion, @Connect TestClient ada) {
    ada.send("print", new Job("7", ""));
    ada.expect("printed 7");
    pinion.queue("jobs").expectHandled(new Job("7", ada.id()));
  }

  @Test
  void aJobCanComeFromElsewhere(Pinion pinion, @Connect TestClient ada) {
    pinion.queue("jobs").send(new Job("8", ada.id()));
    ada.expect("printed 8");
  }

  @Test
  void aDelayEndsAsTheClockMoves(Pinion pinion, @Connect TestClient ada) {
    ada.send("printLater", new Job("9", ""));
    pinion.clock().advance(Duration.ofMinutes(4));
    ada.expectNothing();
    assertThat(pinion.queue("jobs").messages(Job.class)).containsExactly(new Job("9", ada.id()));
    pinion.clock().advance(Duration.ofMinutes(1));
    ada.expect("printed 9");
    pinion.queue("jobs").expectEmpty();
  }

  @Test
  void whatFailsAgainAndAgainIsADeadLetter(Pinion pinion) {
    pinion.queue("jobs").send(new Job("torn", "x"));
    pinion.clock().advance(Duration.ofMinutes(5));
    pinion.queue("jobs").expectDeadLetters(new Job("torn", "x"));
    assertThat(pinion.queue("jobs").deadLetters().getFirst().error()).contains("the paper is torn");
  }

  @Test
  void onePaymentIsOne(Pinion pinion, @Connect TestClient ada) {
    ada.send("pay", new Job("7", ""));
    ada.expect("paid 7");
    ada.expectNothing();
    assertThat(pinion.table("done").rows()).hasSize(1);
  }

  @Test
  void movesOfOneGameAreInOrder(Pinion pinion) {
    for (int square = 1; square <= 3; square++) pinion.queue("moves").send(new Move("g", square));
    pinion.queue("moves").expectHandled(new Move("g", 1), new Move("g", 2), new Move("g", 3));
  }

  @Test
  void failuresSayWhatTheQueueHad(Pinion pinion) {
    pinion.queue("jobs").send(new Job("torn", "x"));
    assertThatThrownBy(() -> pinion.queue("jobs").expectHandled(new Job("torn", "x")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("queue 'jobs' expected handled: {\"id\":\"torn\",\"client\":\"x\"}\n  but it had none")
        .hasMessageContaining("receive 1 of {\"id\":\"torn\",\"client\":\"x\"}, which failed: java.io.IOException");
    assertThatThrownBy(() -> pinion.queue("job")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has no queue 'job': it has [jobs, payments, moves, unread]");
    assertThatThrownBy(() -> pinion.queue("jobs").expectDeadLetters(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deadLetters().size() is their number");
    pinion.queue("unread").send("text");
    assertThat(pinion.queue("unread").messages(String.class)).containsExactly("text");
  }
}
