package @package@;

import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(Rooms.class)
class RoomsTest {
  @Test
  void membersHearEachOther(TestClient ann, TestClient bob) {
    ann.send("{\"action\": \"join\", \"room\": \"tea\", \"name\": \"Ann\"}");
    ann.send("{\"action\": \"say\", \"room\": \"tea\", \"text\": \"hello\"}");
    ann.expect(new Rooms.Said("tea", "Ann", "hello"));
    bob.expectNothing();
  }
}
