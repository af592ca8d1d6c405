package @package@;

import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(Chat.class)
class ChatTest {
  @Test
  void everyoneHearsEveryone(TestClient ann, TestClient bob) {
    ann.send("hello");
    ann.expect("hello");
    bob.expect("hello");
  }
}
