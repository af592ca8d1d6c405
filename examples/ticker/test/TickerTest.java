import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@PinionTest(value = Ticker.class, startsAt = "2030-05-06T12:00:00Z")
class TickerTest {
  @Test
  void everyMinuteEverybodyGetsTheTime(Pinion pinion, @Connect TestClient ada, @Connect TestClient bob) {
    Instant first = pinion.schedule("tick").next().orElseThrow();
    pinion.clock().advance(Duration.ofMinutes(2));
    ada.expect(new Ticker.Tock(first));
    ada.expect(new Ticker.Tock(first.plusSeconds(60)));
    bob.expect(new Ticker.Tock(first));
    pinion.schedule("tick").expectTicks(2);
  }

  @Test
  void aTickCanComeByHand(Pinion pinion, @Connect TestClient ada) {
    pinion.schedule("opening").fire();
    ada.expect("the market is open");
  }
}
