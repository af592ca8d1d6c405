package dev.pinion.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What clients of an HTTP API get, wherever its handlers run. */
@Timeout(60)
public abstract class HttpContract {
  private final HttpBackend.Start start;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpBackend server;

  /** Runs each test on a server of its own. */
  protected HttpContract(HttpBackend.Start start) {
    this.start = start;
  }

  @BeforeEach
  void start() {
    server = start.with(new HttpContractApp());
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  private HttpResponse<byte[]> send(String method, String target, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + target))
        .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) request.headers(headers);
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return response.statusCode() + " " + new String(response.body(), UTF_8);
  }

  private String get(String target) throws Exception {
    return text(send("GET", target, new byte[0]));
  }

  private String post(String target, String body) throws Exception {
    return text(send("POST", target, body.getBytes(UTF_8), "content-type", "application/json"));
  }

  @Test
  void aHandlerSeesTheWholeRequest() throws Exception {
    HttpResponse<byte[]> response = send(
        "PATCH", "/seen?a=1&b=x%20y&a=2&c", "grüße".getBytes(UTF_8), "X-Test", "one", "x-test", "two", "Cookie",
        "id=7; name=ada", "content-type", "text/plain");
    assertThat(text(response)).isEqualTo(
        "200 {\"route\":\"ANY /seen\",\"method\":\"PATCH\",\"path\":\"/seen\",\"rawQuery\":\"a=1&b=x%20y&a=2&c\","
            + "\"query\":{\"a\":[\"1\",\"2\"],\"b\":[\"x y\"],\"c\":[\"\"]},"
            + "\"cookies\":{\"id\":\"7\",\"name\":\"ada\"},\"test\":\"one,two\",\"body\":\"grüße\"}");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "/orders/7       | 200 GET /orders/{id} 7",
    "/orders/a%20b   | 200 GET /orders/{id} a b",
    "/orders/a%2Fb   | 200 GET /orders/{id} a/b",
    "/orders/1+1     | 200 GET /orders/{id} 1+1",
    "/orders/first   | 200 GET /orders/first",
    "/files/a/b.txt  | 200 a/b.txt /files/a/b.txt",
    "/files/a%20b    | 200 a b /files/a b",
    "/orders/        | 404 {\"message\":\"Not Found\"}",
    "/files          | 404 {\"message\":\"Not Found\"}",
    "/orders/7/paid  | 404 {\"message\":\"Not Found\"}"})
  void theMostSpecificRouteIsChosenAndItsVariablesAreDecoded(String target, String answer) throws Exception {
    assertThat(get(target)).isEqualTo(answer);
  }

  @Test
  void anotherMethodIsNotFound() throws Exception {
    assertThat(text(send("DELETE", "/orders/7", new byte[0]))).isEqualTo("404 {\"message\":\"Not Found\"}");
  }

  @Test
  void aBodyIsConverted() throws Exception {
    assertThat(post("/orders", "{\"id\":\"a\",\"count\":1}")).isEqualTo("200 {\"id\":\"a\",\"count\":2}");
    assertThat(post("/json", "{\"id\":\"a\",\"count\":1}")).isEqualTo("200 a");
    assertThat(post("/text", "{\"id\":")).isEqualTo("200 {\"id\":");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{\"id\":\"a\"}                  | count: missing",
    "{\"id\":\"a\",\"count\":\"x\"}  | count: "})
  void aBodyThatDoesNotFitIsRefused(String body, String why) throws Exception {
    assertThat(post("/orders", body)).startsWith("400 {\"message\":\"Bad request body: " + why);
    assertThat(post("/json", body)).startsWith("400 {\"message\":\"Bad request body: " + why);
    assertThat(text(send("POST", "/orders", new byte[0]))).startsWith("400 {\"message\":\"Bad request body: ");
  }

  @Test
  void bytesComeAndGoAsTheyAre() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) all[i] = (byte) i;
    HttpResponse<byte[]> response = send("POST", "/bytes", all, "content-type", "image/png");
    assertThat(response.body()).isEqualTo(all);
    assertThat(response.headers().firstValue("content-type")).contains("image/png");
    assertThat(send("POST", "/bytes", all).body()).isEqualTo(all);
  }

  @Test
  void aReplyHasStatusHeadersAndCookies() throws Exception {
    HttpResponse<byte[]> response = send("GET", "/reply", new byte[0]);
    assertThat(text(response)).isEqualTo("201 \"said\"");
    assertThat(response.headers().firstValue("location")).contains("/x");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; HttpOnly", "b=2");
    assertThat(response.headers().allValues("vary")).containsExactly("origin, accept");
    assertThat(response.headers().allValues("x-last")).containsExactly("2");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
  }

  @Test
  void aHandlerKnowsTheUrlThatClientsCall() throws Exception {
    assertThat(get("/self")).isEqualTo("200 " + server.url());
  }

  @Test
  void nothingIsNoContent() throws Exception {
    assertThat(get("/none")).isEqualTo("204 ");
    assertThat(get("/empty")).isEqualTo("204 ");
    assertThat(get("/status")).isEqualTo("418 ");
  }

  @Test
  void aTextIsPlain() throws Exception {
    assertThat(send("GET", "/orders/7", new byte[0]).headers().firstValue("content-type"))
        .contains("text/plain; charset=utf-8");
  }

  @Test
  void aHandlerThatFailsIsAnInternalServerError() throws Exception {
    assertThat(get("/fails")).isEqualTo("500 {\"message\":\"Internal Server Error\"}");
    assertThat(get("/unsupported")).isEqualTo("500 {\"message\":\"Internal Server Error\"}");
  }

  @Test
  void theContextIsThere() throws Exception {
    assertThat(text(send("GET", "/context", new byte[0], "user-agent", "tester")))
        .matches("200 \\S+ tester \\{} 0");
  }
}
