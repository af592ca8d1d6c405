package @package@;

import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(@class@.class)
class @class@Test {
  @Test
  void answers(TestClient client) {
    client.send("hello");
    client.expect("hello");
  }
}
