package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.Item;
import dev.pinion.Table;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page shows and calls again of requests to HTTP APIs. */
@SuppressWarnings("unchecked") // of JSON objects, whose members are looked up by name
final class ConsoleHttpTest extends ConsoleClient {
  /** An app with an HTTP API. */
  static final class Shop implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      cloud.webSocket("shop").create().onMessage((c, text) -> {});
      cloud.secret("key");
      HttpApi http = cloud.httpApi("orders").create();
      http.on("POST /orders/{id}", request -> {
        rows.putItem(Item.of("id", request.path("id")));
        if (request.body().equals("fail")) throw new IllegalStateException("with open sesame");
        return HttpReply.status(201).text(request.path("id") + " " + request.body());
      });
      http.on("GET /orders", request -> "all");
    }
  }

  @BeforeEach
  void start(@TempDir Path data) {
    start(new Shop(), data, Map.of("key", "open sesame"));
  }

  private void post(String target, String body) throws Exception {
    URI uri = URI.create(simulator().httpUrls().values().iterator().next() + target);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var _ = client.send(
          HttpRequest.newBuilder(uri).header("content-type", "text/plain").POST(BodyPublishers.ofString(body)).build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void aRequestIsShownAndCalledAgainAsItWasAndOtherwise() throws Exception {
    get("events.json");
    post("/orders/7?x=%20", "open sesame");
    Map<String, Object> request = events(1).getFirst();
    assertThat(request).containsEntry("kind", "http").containsEntry("handler", "orders/POST /orders/{id}")
        .containsEntry("status", 201L).containsEntry("repeatable", true);
    assertThat(json.write(request.get("body"))).contains("POST /orders/7?x=%20\\n\\n‹secret key›")
        .doesNotContain("sesame");
    assertThat((List<Map<String, Object>>) request.get("steps")).extracting(each -> each.get("operation"))
        .containsExactly("putItem");
    assertThat(own("again", Map.of("number", request.get("n"))).body()).contains("The handler answered 201.");
    assertThat(json.write(events(2).get(1).get("reply"))).contains("7 ‹secret key›");
    assertThat(own("again", Map.of("number", request.get("n"), "text", "POST /orders/8\n\nother")).body())
        .contains("The handler answered 201.");
    assertThat(json.write(events(3).get(2).get("reply"))).contains("8 other");
    assertThat(own("again", Map.of("number", request.get("n"), "text", "GET /orders")).body())
        .contains("The handler answered 200.");
    assertThat(own("again", Map.of("number", request.get("n"), "text", "POST /orders/8\n\nfail")).body())
        .contains("The handler failed", "‹secret key›");
    assertThat(own("again", Map.of("number", request.get("n"), "text", "DELETE /orders")).body())
        .contains("No route matches DELETE /orders");
    assertThat(own("again", Map.of("number", request.get("n"), "text", "orders")).statusCode()).isEqualTo(400);
  }

  @Test
  void theAppHasItsHttpApisWithTheirRoles() throws Exception {
    Map<String, Object> trigger = ((List<Map<String, Object>>) get("model.json").get("triggers")).getFirst();
    assertThat(trigger).containsEntry("id", "orders").containsEntry("kind", "HTTP API");
    assertThat(json.write(trigger.get("handlers"))).contains("POST /orders/{id}", "dynamodb:PutItem");
    assertThat((List<Map<String, Object>>) get("api.json").get("kinds")).extracting(each -> each.get("id"))
        .containsExactly("message", "http");
  }
}
