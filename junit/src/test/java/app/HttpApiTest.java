package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import dev.pinion.junit.TestReply;
import dev.pinion.sim.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static dev.pinion.sim.Fault.Kind.HTTP_429;
import static dev.pinion.sim.Fault.Kind.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests of HTTP APIs, as an app's author writes them. */
@PinionTest(HttpApiTest.Hooks.class)
class HttpApiTest {
  /** An app with two HTTP APIs. */
  static final class Hooks implements App {
    static final CountDownLatch SLOW_BEGUN = new CountDownLatch(1);

    record Note(String text) {}

    @Override
    public void define(Cloud cloud) {
      Table notes = cloud.table("notes").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> notes.putItem(Item.of("id", c.id())));
      HttpApi hooks = cloud.httpApi("hooks").create();
      hooks.on("POST /notes", Note.class, (request, note) -> {
        ws.broadcast(notes.scan().map(each -> each.string("id")), note);
        return HttpReply.status(201).header("location", "/notes/1").cookie("a=b").json(note);
      });
      hooks.on("GET /fails", request -> {
        throw new IllegalStateException("broken");
      });
      hooks.on("GET /slow", request -> {
        SLOW_BEGUN.countDown();
        new CountDownLatch(1).await();
        return null;
      }).timeout(Duration.ofSeconds(5));
      hooks.on("GET /numbers", request -> List.of(1, 2));
      hooks.on("PUT /length", request -> request.body().length());
      cloud.httpApi("admin").create().on("GET /{name}",
          request -> request.path("name") + request.query("q").orElse(""));
    }
  }

  @Test
  void anyValueCanBeSentAndExpected(Pinion pinion) {
    TestReply numbers = pinion.http("hooks").get("/numbers").expect(200, List.of(1, 2)).expect(200, "[1,2]");
    assertThatThrownBy(() -> numbers.expect(200, List.of(1))).hasMessageContaining("expected the body [1]");
    pinion.http("hooks").put("/length", List.of(1, 2)).expect(200, 5);
    pinion.http("hooks").put("/length", "text").expect(200, 4);
  }

  @Test
  void aRequestIsThrottled(Pinion pinion, @Connect TestClient ada) {
    pinion.faults().add(Fault.of(HTTP_429).on("POST /notes").after(1).times(1));
    Hooks.Note note = new Hooks.Note("hello");
    pinion.http("hooks").post("/notes", note).expect(201);
    ada.expect(note);
    pinion.http("hooks").post("/notes", note).expect(429, "{\"message\":\"Too Many Requests\"}");
    ada.expectNothing();
    pinion.http("hooks").post("/notes", note).expect(201);
    assertThat(pinion.log()).anyMatch(line -> line.contains("fault: a request was throttled (429), route POST /notes"));
  }

  @Test
  void aHandlerEndsBeforeItsWorkIsDone(Pinion pinion, @Connect TestClient ada) {
    pinion.faults().add(Fault.of(TIMEOUT).on("POST /notes"));
    for (int i = 0; i < 6; i++) pinion.http("hooks").post("/notes", new Hooks.Note("hello")).expect(500);
    assertThat(pinion.faults().happened()).isEqualTo(6);
  }

  @Test
  void aRateConcernsSomeRequestsOnly(Pinion pinion) {
    pinion.faults().add(Fault.of(HTTP_429).rate(0.5));
    int throttled = 0;
    for (int i = 0; i < 40; i++) {
      if (pinion.http("hooks").get("/numbers").status() == 429) throttled++;
    }
    assertThat(throttled).isBetween(5, 35).isEqualTo(pinion.faults().happened());
  }

  @Test
  void aRequestReachesClients(Pinion pinion, @Connect TestClient ada) {
    Hooks.Note note = new Hooks.Note("hello");
    assertThat(pinion.http("hooks").post("/notes", note).expect(201, note).expectHeader("Location", "/notes/1")
        .cookies()).containsExactly("a=b");
    ada.expect(note);
    assertThat(pinion.http("hooks").post("/notes", "{\"text\":\"hi\"}").json(Hooks.Note.class).text()).isEqualTo("hi");
    pinion.http("admin").get("/x?q=y").expect(200, "xy");
    assertThat(pinion.http("admin").url()).startsWith("http://localhost:");
  }

  @Test
  void anyRequestCanBeSent(Pinion pinion) {
    pinion.http("hooks").send("POST", "/notes", r -> r.header("content-type", "x/y").body("{\"text\":\"hi\"}"))
        .expect(201);
    pinion.http("hooks").delete("/notes").expect(404, "{\"message\":\"Not Found\"}");
    pinion.http("hooks").put("/notes", new Hooks.Note("x")).expect(404);
    pinion.http("hooks").post("/notes").expect(400);
  }

  @Test
  void theWrongStatusIsTold(Pinion pinion) {
    assertThatThrownBy(() -> pinion.http("hooks").get("/fails").expect(200)).isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("hooks: GET /fails expected 200\n  but it was answered 500"
            + " \"{\"message\":\"Internal Server Error\"}\"\n")
        .hasMessageContaining("hooks  -> GET /fails").hasMessageContaining("IllegalStateException: broken");
  }

  @Test
  void theWrongBodyIsTold(Pinion pinion) {
    Hooks.Note note = new Hooks.Note("hello");
    assertThatThrownBy(() -> pinion.http("hooks").post("/notes", note).expect(201, new Hooks.Note("other")))
        .hasMessageContaining("expected the body {\"text\":\"other\"}")
        .hasMessageContaining("text: \"other\" was expected");
    assertThatThrownBy(() -> pinion.http("admin").get("/x").expect(200, "y"))
        .hasMessageContaining("expected the body \"y\"\n  but it was answered 200 \"x\"");
    assertThatThrownBy(() -> pinion.http("admin").get("/x").expectHeader("location", "y"))
        .hasMessageContaining("expected the header location: y\n  but it is missing");
    assertThatThrownBy(() -> pinion.http("admin").get("/x").json(Hooks.Note.class))
        .hasMessageContaining("expected a body that is a Note");
  }

  @Test
  void theApiIsNamedIfThereAreSeveral(Pinion pinion) {
    assertThatThrownBy(pinion::http).hasMessage("name the HTTP API, with Pinion.http(id): it has [hooks, admin]");
    assertThatThrownBy(() -> pinion.http("other"))
        .hasMessage("the app has no HTTP API 'other': it has [hooks, admin]");
  }

  @Test
  void timeOutsComeWithTheClock(Pinion pinion) throws Exception {
    CompletableFuture<TestReply> reply = CompletableFuture.supplyAsync(() -> pinion.http("hooks").get("/slow"));
    Hooks.SLOW_BEGUN.await();
    pinion.clock().advance(Duration.ofSeconds(5));
    reply.get().expect(500);
  }
}
