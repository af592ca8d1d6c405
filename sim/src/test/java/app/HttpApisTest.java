package app;

import dev.pinion.App;
import dev.pinion.ForbiddenException;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** HTTP APIs of running apps. */
@Timeout(60)
class HttpApisTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private Simulator start(App app) {
    return Simulator.of(app).port(0).data(folder).log(new PrintStream(log, true, UTF_8)).start();
  }

  private static String url(Simulator simulator, String id) {
    return Objects.requireNonNull(simulator.httpUrls().get(id));
  }

  private String get(String url) throws Exception {
    var response = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private String log() {
    return log.toString(UTF_8);
  }

  @Test
  void anAppWithoutAWebSocketIsAnApp() throws Exception {
    try (Simulator simulator = start(cloud -> cloud.httpApi("hooks").create().on("GET /", request -> "hello"))) {
      assertThat(simulator.isTriggered()).isTrue();
      assertThat(get(url(simulator, "hooks") + "/")).isEqualTo("200 hello");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      simulator.announce(new PrintStream(out, true, UTF_8));
      assertThat(out.toString(UTF_8)).contains("http API on  " + url(simulator, "hooks") + System.lineSeparator());
    }
  }

  @Test
  void portsFollowEachOtherAndCanBeSet() throws Exception {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    App app = cloud -> {
      cloud.httpApi("one").create().on("GET /", request -> "1");
      cloud.httpApi("two").create().on("GET /", request -> "2");
    };
    try (Simulator simulator = Simulator.of(app).inMemory().port(0).port("two", free).start()) {
      assertThat(url(simulator, "two")).isEqualTo("http://localhost:" + free);
      assertThat(get(url(simulator, "one") + "/") + get(url(simulator, "two") + "/")).isEqualTo("200 1200 2");
      assertThatThrownBy(() -> Simulator.of(app).inMemory().port(0).port("two", free).start())
          .isInstanceOf(SimulatorException.class).hasMessageStartingWith("httpApi 'two' (HttpApisTest.java:")
          .hasMessageContaining("cannot listen on 127.0.0.1:" + free + ": the port is in use");
    }
    assertThatThrownBy(() -> Simulator.of(app).inMemory().port("three", 1).start())
        .hasMessage("the app has no WebSocket and no HTTP API 'three', whose port is set; it has [one, two]");
  }

  @Test
  void failuresAreLoggedWithTheirLine() throws Exception {
    try (Simulator simulator = start(cloud -> cloud.httpApi("hooks").create().on("GET /fails", request -> {
      throw new IOException("broken");
    }))) {
      assertThat(get(url(simulator, "hooks") + "/fails")).startsWith("500 ");
      assertThat(get(url(simulator, "hooks") + "/nowhere")).startsWith("404 ");
      assertThat(log())
          .containsPattern("HttpApisTest\\.java:\\d+: error: \\S+ handler hooks/GET /fails failed for request"
              + " \\S{16}: java\\.io\\.IOException: broken\n")
          .containsPattern("hooks: answered 404 to /nowhere: no route matches GET /nowhere");
    }
  }

  /** An app whose handlers, also one that no request starts, name its APIs. */
  static final class Linking implements App {
    @Override
    public void define(dev.pinion.Cloud cloud) {
      HttpApi one = cloud.httpApi("one").create();
      HttpApi two = cloud.httpApi("two").create();
      one.on("GET /", request -> two.url());
      two.on("GET /", request -> one.url() + request.path());
    }
  }

  @Test
  void handlersKnowTheUrlsOfAllApis() throws Exception {
    try (Simulator simulator = start(new Linking())) {
      assertThat(get(url(simulator, "one") + "/")).isEqualTo("200 " + url(simulator, "two"));
      assertThat(get(url(simulator, "two") + "/")).isEqualTo("200 " + url(simulator, "one") + "/");
      assertThat(simulator.refusals()).isEmpty();
    }
  }

  @Test
  void aReloadBringsAndKeepsUrls() throws Exception {
    try (Simulator simulator = start(cloud -> {
      HttpApi hooks = cloud.httpApi("hooks").create();
      hooks.on("GET /", request -> hooks.url());
    })) {
      String url = url(simulator, "hooks");
      var _ = simulator.reload(cloud -> {
        HttpApi hooks = cloud.httpApi("hooks").create();
        HttpApi more = cloud.httpApi("more").create();
        more.on("GET /", request -> hooks.url());
        hooks.on("GET /", request -> more.url());
      });
      assertThat(get(url + "/")).isEqualTo("200 " + url(simulator, "more"));
      assertThat(get(url(simulator, "more") + "/")).isEqualTo("200 " + url);
    }
  }

  @Test
  void theEndWaitsForHandlersOfAnApiThatIsBeingRemoved() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<Boolean> outlived = new CompletableFuture<>();
    try (Simulator simulator = start(cloud -> cloud.httpApi("hooks").create().on("GET /", request -> {
      entered.countDown();
      outlived.complete(closed.await(500, TimeUnit.MILLISECONDS));
      return HttpReply.noContent();
    }))) {
      var _ = client.sendAsync(
          HttpRequest.newBuilder(URI.create(url(simulator, "hooks") + "/")).build(), BodyHandlers.discarding());
      entered.await();
      var _ = simulator.reload(cloud -> cloud.webSocket("chat").create().onMessage((c, text) -> {}));
    }
    closed.countDown();
    assertThat(outlived.get()).isFalse();
  }

  /** An app whose handler's role does not allow what it does. */
  static final class Limited implements App {
    @Override
    public void define(dev.pinion.Cloud cloud) {
      var rows = cloud.table("rows").hashKey("id", dev.pinion.AttributeType.STRING).create();
      HttpApi http = cloud.httpApi("hooks").create();
      http.on("GET /rows", request -> {
        try {
          return rows.scan().count();
        } catch (ForbiddenException e) {
          return HttpReply.status(403);
        }
      }).only(rows, "dynamodb:GetItem");
      http.on("GET /count", request -> rows.scan().count());
    }
  }

  @Test
  void rolesAreChecked() throws Exception {
    try (Simulator simulator = start(new Limited())) {
      assertThat(get(url(simulator, "hooks") + "/rows")).startsWith("403 ");
      assertThat(get(url(simulator, "hooks") + "/count")).isEqualTo("200 0");
      assertThat(simulator.refusals()).singleElement().asString().contains("hooks/GET /rows", "dynamodb:Scan");
    }
  }

  @Test
  void aReloadChangesRoutesAndKeepsThePort() throws Exception {
    App first = cloud -> {
      cloud.httpApi("hooks").create().on("GET /a", request -> "1");
      cloud.httpApi("gone").create().on("GET /", request -> "1");
    };
    App second = cloud -> {
      HttpApi http = cloud.httpApi("hooks").allowOrigins("*").create();
      http.on("GET /a", request -> "2").memory(256);
      http.on("GET /b", request -> "3");
      cloud.httpApi("added").create().on("GET /", request -> "4");
    };
    try (Simulator simulator = start(first)) {
      String hooks = url(simulator, "hooks");
      String gone = url(simulator, "gone");
      assertThat(get(hooks + "/a") + get(gone + "/")).isEqualTo("200 1200 1");
      var reloaded = (Reloaded.Applied) simulator.reload(second);
      String added = url(simulator, "added");
      assertThat(reloaded.changes()).containsExactly(
          "httpApi 'hooks': what it allows pages of other origins has changed",
          "route 'hooks/GET /a': its memory in MiB is now 256, was 512",
          "httpApi 'hooks': route 'GET /b' was added", "httpApi 'added' was added: " + added,
          "httpApi 'gone' was removed");
      assertThat(simulator.httpUrls()).containsOnly(Map.entry("hooks", hooks), Map.entry("added", added));
      assertThat(get(hooks + "/a") + get(hooks + "/b") + get(added + "/")).isEqualTo("200 2200 3200 4");
    }
  }

  @Test
  void aHandlerThatRunsEndsInItsProgram() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    App first = cloud -> cloud.httpApi("hooks").create().on("GET /a", request -> {
      began.countDown();
      release.await();
      return "first";
    });
    try (Simulator simulator = start(first)) {
      var answer = client.sendAsync(
          HttpRequest.newBuilder(URI.create(url(simulator, "hooks") + "/a")).build(), BodyHandlers.ofString());
      began.await();
      simulator.reload(cloud -> cloud.httpApi("hooks").create().on("GET /a", request -> "second"));
      assertThat(get(url(simulator, "hooks") + "/a")).isEqualTo("200 second");
      assertThat(simulator.status().retired())
          .anyMatch(each -> each.startsWith("an earlier program: handler GET /a runs for request "));
      release.countDown();
      assertThat(answer.join().body()).isEqualTo("first");
    }
  }

  @Test
  void theEndWaitsForHandlersAndNamesThem() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    Simulator simulator = start(cloud -> cloud.httpApi("hooks").create().on("POST /a", request -> {
      began.countDown();
      new CountDownLatch(1).await();
      return null;
    }));
    var _ = client.sendAsync(
        HttpRequest.newBuilder(URI.create(url(simulator, "hooks") + "/a")).POST(BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
    began.await();
    List<String> unfinished = simulator.close(java.time.Duration.ofMillis(50));
    assertThat(unfinished).singleElement().asString().startsWith("hooks/POST /a for request ");
  }
}
