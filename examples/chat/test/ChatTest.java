import dev.pinion.Item;
import dev.pinion.junit.Pinion;
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

  @Test
  void whoLeavesIsForgotten(Pinion pinion, TestClient ann, TestClient bob) {
    bob.close();
    pinion.table("WebSocketTable").expectRows(Item.of("connectionId", ann.id()));
  }

  @Test
  void rowsThatACrashLeftDoNoHarm(Pinion pinion, TestClient ann) {
    pinion.table("WebSocketTable").put(Item.of("connectionId", Pinion.goneId()));
    ann.send("again");
    ann.expect("again");
  }
}
