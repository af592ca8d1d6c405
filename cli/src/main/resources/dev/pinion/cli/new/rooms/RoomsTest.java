package @package@;

import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(Rooms.class)
class RoomsTest {
  @Test
  void membersHearEachOther(TestClient ann, TestClient bob) {
    ann.send("join", new Rooms.Join("tea", "Ann"));
    ann.expect(new Rooms.Joined("tea"));
    ann.send("say", new Rooms.Say("tea", "hello"));
    ann.expect(new Rooms.Said("tea", "Ann", "hello"));
    bob.expectNothing();
  }
}
