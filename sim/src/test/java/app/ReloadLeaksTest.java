package app;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.pinion.App;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Simulator;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is left of programs that were replaced. */
@Timeout(120)
class ReloadLeaksTest {
  private static final int RELOADS = 1_000;
  private static final String SOURCE = """
      package users;
      import dev.pinion.*;
      public final class Users implements App {
        public record Say(String text) {}
        public void define(Cloud cloud) {
          Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).timeToLive("until").create();
          Secret key = cloud.secret("key");
          WebSocket ws = cloud.webSocket("ws").create();
          ws.onConnect(c -> rows.putItem(Item.of("id", c.id())));
          ws.onDisconnect(c -> rows.deleteItem(Key.of("id", c.id())));
          ws.onRequest("say", Say.class, (c, say) -> new Say(say.text() + " " + key.value()));
          ws.onRequest("loader", (c, body) ->
              String.valueOf(Thread.currentThread().getContextClassLoader() == Users.class.getClassLoader()));
          ws.onMessage((c, body) -> {
            if (body.equals("fail")) throw new IllegalStateException("on purpose");
            if (body.equals("thread")) ticker().start();
          });
        }
        private static Thread ticker() {
          return new Thread(() -> {
            try {
              Thread.sleep(1_000_000);
            } catch (InterruptedException e) {
              // its end
            }
          }, "ticker");
        }
      }
      """;

  @TempDir private Path data = Path.of("set by JUnit");

  private final Map<String, byte[]> classes = Compiled.of("users.Users", SOURCE);
  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<WeakReference<ClassLoader>> loaders = new HashSet<>();

  /** An app of a class loader of its own. */
  private App app() throws ReflectiveOperationException {
    ClassLoader loader = new Compiled.Loader(classes);
    loaders.add(new WeakReference<>(loader, collected));
    return (App) loader.loadClass("users.Users").getConstructor().newInstance();
  }

  private Simulator start() throws ReflectiveOperationException {
    return Simulator.of(app()).port(0).data(data).values(Map.of("key", "please"))
        .log(new PrintStream(OutputStream.nullOutputStream())).inspectedLater().interactive().start();
  }

  /** Waits until no more than a number of class loaders are left. */
  private void awaitCollection(int left) throws InterruptedException {
    while (loaders.size() > left) {
      System.gc();
      for (var one = collected.remove(100); one != null; one = collected.poll()) {
        loaders.remove(one);
      }
    }
  }

  private static long files() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
        .filter(each -> !each.startsWith("ForkJoinPool") && !each.startsWith("HttpClient")).collect(Collectors.toSet());
  }

  @Test
  void noClassLoaderThreadOrFileIsLeftAfterManyReloads() throws Exception {
    try (Simulator running = start()) {
      Client client = new Client(running.endpoints().getFirst());
      say(client);
      look(running);
      running.reload(app());
      Set<String> threads = threads();
      long files = files();
      for (int i = 0; i < RELOADS; i++) {
        if (i % 100 == 0) look(running);
        assertThat(running.reload(app())).isInstanceOf(Reloaded.Applied.class);
        if (i % 10 == 0) {
          say(client);
          client.send("fail");
          assertThat(client.next()).contains("Internal server error");
        }
      }
      awaitCollection(1);
      assertThat(threads()).isEqualTo(threads);
      assertThat(files()).isLessThanOrEqualTo(files);
      assertThat(retired(running)).isEmpty();
    }
  }

  /** Lets the page's console record what happens. */
  private void look(Simulator running) throws Exception {
    URI page = URI.create(running.endpoints().getFirst().page());
    for (String view : List.of("events.json", "model.json")) {
      HttpRequest request = HttpRequest.newBuilder(page.resolve("page/" + view)).build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  /** Without the threads of this test's own clients. */
  private static List<String> retired(Simulator running) {
    return running.status().retired().stream().filter(each -> !each.contains("'HttpClient")).toList();
  }

  private static void say(Client client) throws InterruptedException {
    client.send("{\"action\":\"loader\"}");
    assertThat(client.next()).as("the context class loader is the program's").isEqualTo("true");
    client.send("{\"action\":\"say\",\"text\":\"hello\"}");
    assertThat(client.next()).isEqualTo("{\"text\":\"hello please\"}");
  }

  private static void endTicker() throws InterruptedException {
    Thread ticker = Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().equals("ticker"))
        .findFirst().orElseThrow();
    ticker.interrupt();
    ticker.join(TimeUnit.SECONDS.toMillis(20));
  }

  @Test
  void aThreadOfTheAppsOwnIsNamedUntilItEnds() throws Exception {
    try (Simulator running = start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("thread");
      say(client);
      running.reload(app());
      running.reload(app());
      assertThat(retired(running)).singleElement().asString()
          .matches("program 1: thread 'ticker' runs, at Users\\.java:\\d+");
      awaitCollection(2);
      endTicker();
      assertThat(retired(running)).isEmpty();
      awaitCollection(1);
    }
  }
}
