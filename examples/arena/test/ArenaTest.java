import dev.pinion.junit.ConfigValue;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(Arena.class)
@ConfigValue(id = "log-level", value = "info")
class ArenaTest {
  @Test
  void everybodySeesAMove(Pinion pinion, @Connect TestClient ada, @Connect TestClient bob) {
    ada.send("move", new Arena.Move(3, 4));
    bob.expect(new Arena.Place(ada.id(), 3, 4));
    ada.expect(new Arena.Place(ada.id(), 3, 4));
    pinion.http().get("/players/" + ada.id()).expect(200, new Arena.Place(ada.id(), 3, 4));
    pinion.http().get("/players/nobody").expect(404);
  }

  @Test
  void whoLeavesIsMissed(Pinion pinion, @Connect TestClient ada, @Connect TestClient bob) {
    String left = ada.id();
    ada.close();
    bob.expect(left + " has left");
    pinion.http().get("/players").expect(200, "[\"" + bob.id() + "\"]");
  }
}
