import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(Echo.class)
class EchoTest {
  @Test
  void aMessageComesBack(TestClient ann) {
    ann.send("hello");
    ann.expect("hello");
    ann.expectNothing();
  }

  @Test
  void aMessageThatIsTooLargeClosesTheConnection(TestClient ann) {
    ann.sendFragments("x".repeat(32 * 1024), "x".repeat(32 * 1024 + 1));
    ann.expectClose(1009);
  }
}
