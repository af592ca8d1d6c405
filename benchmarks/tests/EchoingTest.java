import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.RepeatedTest;

/** The same test again and again: {@code pinion test} prints the time of each. */
@PinionTest(Echoing.class)
class EchoingTest {
  @RepeatedTest(31)
  void everyoneHearsEveryone(Pinion pinion, TestClient ann, TestClient bob) {
    ann.send("hello");
    ann.expect("hello");
    bob.expect("hello");
    pinion.table("connections").rows();
  }
}
