package app;

import dev.pinion.Key;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/** The same tests against an app that runs elsewhere. */
@Isolated("it sets a system property")
class TargetTest {
  @PinionTest(Desk.class)
  static class Anywhere {
    @Test
    void clientsTalk(TestClient ann, TestClient bob) {
      ann.send("say", new Desk.Say("hi"));
      ann.expect(Desk.Said.class);
      bob.expect(Desk.Said.class);
      bob.within(Duration.ofMillis(20)).expectNothing();
      ann.close();
      ann.expectClose(1000);
    }

    @Test
    void rowsAreLocal(Pinion pinion) {
      pinion.table("members").row(Key.of("connectionId", "x"));
    }

    @Test
    void timeIsLocal(Pinion pinion) {
      pinion.clock().advance(Duration.ofMinutes(1));
    }

    @Test
    void idsAreLocal(TestClient ann) {
      ann.id();
    }
  }

  @PinionTest(Desk.class)
  static class WithoutStage {
    @Test
    void clientsTalk(TestClient ann) {
      ann.send("hello");
    }
  }

  @Test
  void aTargetWithoutItsStageIsNamed() {
    try (Pinion elsewhere = Pinion.of(new Desk()).start()) {
      String host = elsewhere.url().replace("/prod", "");
      System.setProperty("pinion.target", host);
      assertThat(Outcomes.of(WithoutStage.class).text()).isEqualTo("""
          ann expected to be connected
            but the handshake was answered 403 {"message":"Forbidden"}
            HOST has no stage: unless it is a domain of your own, write HOST/prod

          clients (-> sent, <- received)
            T ms  ann  not connected: 403
          """.replace("HOST", host));
    } finally {
      System.clearProperty("pinion.target");
    }
  }

  @Test
  void whatNeedsTheLocalPlatformIsAbortedByName() {
    try (Pinion elsewhere = Pinion.of(new Desk()).start()) {
      System.setProperty("pinion.target", elsewhere.url());
      Outcomes outcomes = Outcomes.of(Anywhere.class);
      assertThat(outcomes.failures).isEmpty();
      assertThat(outcomes.passed).isEqualTo(1);
      String why = " needs the local platform, but the test runs with -Dpinion.target against " + elsewhere.url();
      assertThat(outcomes.aborted).extracting(Throwable::getMessage)
          .containsExactlyInAnyOrder("Pinion.table" + why, "Pinion.clock" + why, "TestClient.id" + why);
    } finally {
      System.clearProperty("pinion.target");
    }
  }
}
