import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@PinionTest(Assistant.class)
class AssistantTest {
  @Test
  void theAnswerIsStreamed(Pinion pinion, @Connect TestClient ada) {
    ada.send("ask", new Assistant.Ask("who are you"));
    ada.expect(new Assistant.Token(0, "you"));
    ada.expect(new Assistant.Token(1, "are"));
    ada.expect(new Assistant.Token(2, "who"));
    ada.expect(new Assistant.Done(3));
    pinion.task("answer").expectStarted(new Assistant.Prompt(ada.id(), "who are you"));
  }

  @Test
  void anAnswerCanComeLater(Pinion pinion, @Connect TestClient ada) {
    ada.send("askLater", new Assistant.AskLater("hello", 5));
    pinion.clock().advance(Duration.ofMinutes(4));
    ada.expectNothing();
    pinion.clock().advance(Duration.ofMinutes(1));
    ada.expect(new Assistant.Token(0, "hello"));
  }

  @Test
  void whatFailsIsTriedAgainAndThenInTheDeadLetters(Pinion pinion) {
    pinion.task("answer").start(new Assistant.Prompt("no connection id", "hello"));
    pinion.clock().advance(Duration.ofMinutes(3));
    pinion.task("answer").expectAttempts(3);
    pinion.task("answer").expectDeadLetters(1);
  }

  @Test
  void aClientMayLeave(Pinion pinion) {
    pinion.task("answer").start(new Assistant.Prompt(Pinion.goneId(), "hello"));
    pinion.task("answer").expectAttempts(1);
    pinion.task("answer").expectDeadLetters(0);
  }
}
