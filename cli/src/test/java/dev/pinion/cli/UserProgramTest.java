package dev.pinion.cli;

import dev.pinion.App;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A user's program gets no warning from javac, with nothing but core on its class path. */
class UserProgramTest {
  @ParameterizedTest
  @ValueSource(strings = {"chat/Chat.java", "echo/Echo.java", "rooms/Rooms.java", "ticker/Ticker.java",
    "orders/Orders.java", "lobby/Lobby.java", "assistant/Assistant.java"})
  void compilesWithEveryLint(String program, @TempDir Path out) throws IOException, URISyntaxException {
    compiles(SourceLimitsTest.root().resolve("examples").resolve(program), out);
  }

  /** A name that both packages have could not be used. */
  @Test
  void importsOfWholePackagesStandBesideEachOther(@TempDir Path out) throws IOException, URISyntaxException {
    compiles(Files.writeString(out.resolve("Ticks.java"), """
        import dev.pinion.*;
        import java.io.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;
        import java.util.stream.*;

        public final class Ticks implements App {
          @Override
          public void define(Cloud cloud) {
            ScheduleBuilder every = cloud.schedule("every").rate(Duration.ofMinutes(1));
            Schedule schedule = every.create();
            TickHandler handler = (Tick tick) -> List.of(tick.scheduledTime(), tick.executionId());
            HandlerOptions options = schedule.onTick(handler);
            options.timeout(Duration.ofMinutes(15)).memory(1024);
            cloud.schedule("cron").cron("0 9 ? * MON-FRI *").timeZone("Europe/Berlin").create().onTick(tick -> {});
            MessageQueue<String> queue = cloud.queue("queue", String.class).orderedBy(text -> text).create();
            QueueMessageHandler<String> messages = (String text, QueueMessage about) -> List.of(about.sentTime());
            queue.onMessage(messages);
            QueueBuilder<String> plain = cloud.queue("plain", String.class);
            QueueHandler<String> handled = queue::send;
            plain.create().onMessage(handled);
            Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
            ChangeHandler changed = (TableChange change) -> Map.of(change.type(), change.key());
            rows.onChange(changed);
            cloud.schedule("once").at(LocalDateTime.of(2030, 1, 1, 0, 0)).create().onTick(Ticks::once);
          }

          private static void once(Tick tick) throws IOException {
            throw new IOException(tick.toString());
          }
        }
        """), out);
  }

  @Test
  void anHttpApiStandsBesideTheJdksOwnClient(@TempDir Path out) throws IOException, URISyntaxException {
    compiles(Files.writeString(out.resolve("Hooks.java"), """
        import dev.pinion.*;
        import java.net.http.HttpClient;
        import java.net.http.HttpRequest;
        import java.net.http.HttpResponse;
        import java.time.*;
        import java.util.*;
        import java.util.function.*;

        public final class Hooks implements App {
          record Login(String name) {}
          record Ticket(String id) {}

          @Override
          public void define(Cloud cloud) {
            HttpApiBuilder begun = cloud.httpApi("hooks").allowOrigins("*").maxAge(Duration.ofHours(1));
            HttpApi http = begun.create();
            HttpCallHandler handler = (HttpCall request) -> Map.of("path", request.path("id"));
            HttpBodyHandler<Login> typed = (request, login) -> new Ticket(login.name());
            HandlerOptions options = http.on("GET /orders/{id}", handler);
            options.timeout(Duration.ofSeconds(30)).memory(1024);
            http.on("POST /tickets", Login.class, typed);
            http.on("GET /calls", request -> {
              try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest call = HttpRequest.newBuilder(java.net.URI.create("https://example.com")).build();
                return HttpReply.ok().text(client.send(call, HttpResponse.BodyHandlers.ofString()).body());
              }
            });
            http.on("POST /json", request -> request.json(Login.class).name());
            http.on("$default", Hooks::missing);
          }

          private static HttpReply missing(HttpCall request) {
            return HttpReply.status(404).json(List.of(request.toString()));
          }
        }
        """), out);
  }

  private static void compiles(Path program, Path out) throws IOException, URISyntaxException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Path core = Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> options =
        List.of("-Xlint:all", "-Werror", "-proc:none", "-classpath", core.toString(), "-d", out.toString());
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
      var sources = files.getJavaFileObjects(program);
      boolean compiled = javac.getTask(null, files, found, options, null, sources).call();
      assertThat(found.getDiagnostics()).extracting(Diagnostic::toString).isEmpty();
      assertThat(compiled).isTrue();
    }
  }
}
