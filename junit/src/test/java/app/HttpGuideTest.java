package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestReply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The pieces of the guide to HTTP APIs. */
@PinionTest(HttpGuideTest.Desk.class)
class HttpGuideTest {
  /** The program of the guide. */
  static final class Desk implements App {
    record Order(String id, int count) {}

    record Payment(String callBack) {}

    @Override
    public void define(Cloud cloud) {
      HttpApi http = cloud.httpApi("desk").create();
      http.on("GET /orders/{id}", request -> new Order(request.path("id"), 1));
      http.on("PUT /orders/{id}", Order.class, (request, order) -> order);
      http.on("ANY /files/{path+}", request -> request.path("path"));
      http.on("$default", request -> HttpReply.status(404).text("there is nothing at " + request.path()));

      http.on("POST /payments", request -> new Payment(http.url() + "/payments/" + request.requestId() + "/paid"));
      http.on("POST /pictures", request -> {
        String id = request.path(); // "/pictures", decoded
        Optional<String> size = request.query("size"); // the first value, decoded
        List<String> tags = request.query().getOrDefault("tag", List.of());
        Optional<String> type = request.header("Content-Type"); // several are joined by commas
        Optional<String> session = request.cookie("session");
        byte[] picture = request.bytes();
        return HttpReply.status(201)
            .header("location", id + "/" + size.orElse("full") + tags.size())
            .header("content-type", type.orElse("image/png"))
            .cookie("session=" + session.orElse("new") + "; HttpOnly; SameSite=Lax")
            .bytes(picture);
      });
      http.on("POST /orders", request -> {
        Order order = request.json(Order.class);
        return order.count() > 9 ? HttpReply.status(422).json(order) : order;
      });
    }
  }

  @Test
  void theGuidesHandlersAnswer(Pinion pinion) {
    pinion.http().get("/orders/7").expect(200, new Desk.Order("7", 1));
    pinion.http().put("/orders/7", new Desk.Order("8", 2)).expect(200, new Desk.Order("8", 2));
    pinion.http().delete("/files/a/b.txt").expect(200, "a/b.txt");
    pinion.http().get("/nowhere").expect(404, "there is nothing at /nowhere");
    pinion.http().post("/orders", new Desk.Order("7", 10)).expect(422, new Desk.Order("7", 10));
    pinion.http().post("/orders", "{}").expect(400);
    assertThat(pinion.http().post("/payments").expect(200).json(Desk.Payment.class).callBack())
        .matches(pinion.http().url() + "/payments/[^/]+/paid");
  }

  @Test
  void everyPartOfARequestAndOfAReplyIsThere(Pinion pinion) {
    TestReply reply = pinion.http().send(
        "POST", "/pictures?size=small&tag=a&tag=b",
        request -> request.header("content-type", "image/gif").header("cookie", "session=7").body(new byte[] {1, -1}));
    reply.expect(201).expectHeader("location", "/pictures/small2").expectHeader("content-type", "image/gif");
    assertThat(reply.cookies()).containsExactly("session=7; HttpOnly; SameSite=Lax");
    assertThat(reply.bytes()).containsExactly(1, -1);
  }
}
