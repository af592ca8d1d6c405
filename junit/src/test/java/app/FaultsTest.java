package app;

import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import dev.pinion.sim.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.pinion.sim.Fault.Kind.DISCONNECT;
import static dev.pinion.sim.Fault.Kind.POST_410;
import static dev.pinion.sim.Fault.Kind.POST_429;
import static dev.pinion.sim.Fault.Kind.REORDER;
import static dev.pinion.sim.Fault.Kind.RESET;
import static dev.pinion.sim.Fault.Kind.STALL;
import static dev.pinion.sim.Fault.Kind.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What goes wrong on AWS now and then. */
@PinionTest(value = Desk.class, timeLimitMillis = 20_000)
class FaultsTest {
  @Test
  void aBroadcastFindsAConnectionGone(Pinion pinion, TestClient ann, TestClient bob) {
    pinion.faults().add(Fault.of(POST_410).to(bob.id()));
    ann.send("say", new Desk.Say("hi"));
    ann.expect(Desk.Said.class);
    bob.expectClose(1006);
    assertThat(pinion.table("members").rows()).hasSize(1);
  }

  @Test
  void aBroadcastIsThrottledInTheMiddle(Pinion pinion, TestClient ann, TestClient bob, TestClient eve) {
    pinion.faults().add(Fault.of(POST_429).after(1).times(1));
    ann.send("say", new Desk.Say("hi"));
    pinion.settle();
    long heard = List.of(ann, bob, eve).stream().filter(each -> hears(each)).count();
    assertThat(heard).isEqualTo(2);
    assertThat(pinion.faults().happened()).isEqualTo(1);
  }

  private static boolean hears(TestClient client) {
    try {
      client.expectNothing();
      return false;
    } catch (AssertionError heard) {
      return true;
    }
  }

  @Test
  void withoutFaultsNothingIsDifferent(Pinion pinion, TestClient ann, TestClient bob) {
    ann.send("say", new Desk.Say("hi"));
    ann.expect(Desk.Said.class);
    bob.expect(Desk.Said.class);
    assertThat(pinion.faults().happened()).isZero();
    assertThat(pinion.log()).isEmpty();
  }

  @Test
  void aDisconnectIsLost(Pinion pinion, TestClient ann, TestClient bob) {
    pinion.faults().add(Fault.of(DISCONNECT).to(bob.id()));
    bob.close();
    assertThat(pinion.table("members").rows()).as("ann and the row that nobody deleted").hasSize(2);
    ann.send("say", new Desk.Say("hi"));
    ann.expect(Desk.Said.class);
    assertThat(pinion.table("members").rows()).hasSize(1);
  }

  @Test
  void aConnectionBreaksAfterASend(Pinion pinion, TestClient ann) {
    pinion.faults().add(Fault.of(RESET).times(1));
    ann.send("hello");
    pinion.settle();
    assertThat(pinion.faults().happened()).isEqualTo(1);
    assertThat(pinion.log()).anyMatch(line -> line.contains("fault: the connection broke after a send"));
  }

  @Test
  void aClientStopsReading(Pinion pinion, TestClient ann) {
    pinion.faults().add(Fault.of(STALL).times(1));
    String large = "x".repeat(30_000);
    for (int i = 0; i < 18; i++) ann.send(large);
    pinion.settle();
    assertThat(pinion.log()).anyMatch(line -> line.contains("The client is slow and its buffer full"));
  }

  @Test
  void aHandlerEndsBetweenItsOperations(Pinion pinion) {
    List<Integer> sent = new ArrayList<>();
    pinion.faults().add(Fault.of(TIMEOUT).on("twice"));
    for (int i = 0; i < 12; i++) {
      TestClient client = pinion.connect();
      client.send("{\"action\":\"twice\"}");
      int before = 0;
      while (!client.expect("comes", text -> true).contains("Endpoint request timed out")) before++;
      sent.add(before);
    }
    assertThat(sent).contains(0, 1, 2);
  }

  @Test
  void messagesOfOneConnectionMayBeReordered(Pinion pinion, TestClient ann) {
    pinion.faults().add(Fault.of(REORDER).times(1));
    ann.send("first");
    ann.send("second");
    ann.expect("second");
    ann.expect("first");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "post:410 | 'post:410' has no rate: write post:410:0.05",
    "reset:often | 'reset:often' has no rate: write reset:0.05",
    "gone:0.5 | 'gone:0.5' is not a fault: write one of post:410, post:429,"})
  void aFaultThatIsNoneIsExplained(String text, String why) {
    assertThatThrownBy(() -> Fault.parse(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
  }

  /** Which of 40 messages were answered with an error. */
  private static List<Boolean> run(long seed) {
    try (Pinion pinion = Pinion.of(new Desk()).seed(seed).start()) {
      pinion.faults().add(Fault.parse("post:429:0.3"));
      TestClient client = pinion.connect();
      List<Boolean> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        client.send("x");
        answers.add(client.next().equals("x"));
      }
      return answers;
    }
  }
}
