package app;

import dev.pinion.Item;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;

@PinionTest(PrunedChat.class)
class PrunedChatTest {
  @Test
  void rowsOfConnectionsThatAreGoneAreDeleted(Pinion pinion, TestClient ann) {
    pinion.table("WebSocketTable").put(Item.of("connectionId", Pinion.goneId()));
    ann.send("hello");
    ann.expect("hello");
    pinion.table("WebSocketTable").expectRows(Item.of("connectionId", ann.id()));
  }
}
