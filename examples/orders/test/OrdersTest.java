import dev.pinion.Item;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import dev.pinion.junit.TestReply;
import org.junit.jupiter.api.Test;

@PinionTest(Orders.class)
class OrdersTest {
  private static final Orders.Order TEA = new Orders.Order("7", "tea", 2, false);

  private static TestReply order(Pinion pinion, String id) {
    return pinion.http().send(
        "POST", "/orders", request -> request.header("idempotency-key", id).json(new Orders.Wish("tea", 2)));
  }

  @Test
  void whoIsConnectedSeesTheOrder(Pinion pinion, @Connect TestClient ada) {
    order(pinion, "7").expect(201, TEA).expectHeader("location", "/orders/7");
    ada.expect(TEA);
    pinion.http().get("/orders/7").expect(200, TEA);
  }

  @Test
  void anOrderThatIsSentAgainIsPlacedOnce(Pinion pinion, @Connect TestClient ada) {
    order(pinion, "7").expect(201);
    ada.expect(TEA);
    order(pinion, "7").expect(200, TEA);
    ada.expectNothing();
  }

  @Test
  void itIsPaidOnce(Pinion pinion, @Connect TestClient ada) {
    pinion.table("orders").put(Item.from(TEA));
    pinion.http().post("/orders/7/paid").expect(204);
    ada.expect(new Orders.Paid("7"));
    pinion.http().post("/orders/7/paid").expect(409);
    pinion.http().post("/orders/8/paid").expect(409);
  }

  @Test
  void whatIsWrongIsAnswered(Pinion pinion) {
    pinion.http().post("/orders", new Orders.Wish("tea", 2)).expect(400, "send an Idempotency-Key");
    pinion.http().post("/orders", "{}").expect(400);
    pinion.http().get("/orders/7").expect(404);
  }
}
