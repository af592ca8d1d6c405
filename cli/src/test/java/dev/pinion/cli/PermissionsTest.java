package dev.pinion.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// `run` refuses what a handler's role does not allow, as soon as the program is inspected.
@Timeout(60)
@Tag("slow")
final class PermissionsTest {
  private static final String PROGRAM = """
      var rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
      var ws = cloud.webSocket("ws").create();
      var seen = new java.util.ArrayList<String>(); ws.onRoute("seen", (c, body) -> seen.add(body));
      ws.onRequest("scan", (c, body) -> {
        try {
          return "done " + rows.scan().count();
        } catch (ForbiddenException e) {
          return "refused";
        }
      }).only(rows, "dynamodb:GetItem");""";

  @TempDir private Path folder = Path.of("");

  @Test
  void whatOnlyExcludesIsRefusedByDefault() throws Exception {
    assertThat(run("refused"))
        .contains(
            "Chat.java:10: error: dynamodb:Scan on table 'rows' by handler 'ws/scan' was refused, as AWS refuses it");
  }

  @Test
  void aWarningExecutesIt() throws Exception {
    assertThat(run("done 0", "--permissions", "warn"))
        .contains("Chat.java:10: warning: dynamodb:Scan on table 'rows' by handler 'ws/scan' would be refused on AWS");
  }

  @Test
  void offChecksNothing() throws Exception {
    assertThat(run("done 0", "--permissions=off")).isEmpty();
  }

  @Test
  void aThreadOfTheAppsStaticInitializerWorksForAnyHandler() throws Exception {
    Path program = Files.writeString(folder.resolve("Chat.java"), """
        import dev.pinion.*;
        import java.util.concurrent.LinkedBlockingQueue;

        class Chat implements App {
          static final LinkedBlockingQueue<String> IDS = new LinkedBlockingQueue<>();
          static Table rows;
          static {
            Thread worker = new Thread(() -> {
              try {
                while (true) {
                  String id = IDS.take(); // before the table is looked up, which define has not declared yet
                  rows.putItem(Item.of("id", id));
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
            worker.setDaemon(true);
            worker.start();
          }
          public void define(Cloud cloud) {
            rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
            cloud.webSocket("ws").create().onMessage((c, body) -> IDS.add(body));
          }
        }
        """);
    try (Child child = Child.merged(folder, "run", program.toString(), "--port", "0");
        HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create(child.await("listening on "));
      child.awaitContaining("warning: handler 'ws/$default' changes");
      WebSocket client = http.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {}).join();
      client.sendText("1", true).join();
      child.awaitContaining("this runs in a thread that several handlers may share");
      client.abort();
    }
  }

  /// Runs the program, asks it once it is inspected, and returns what it prints from then on.
  private String run(String answer, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("run", RunTest.app(folder, PROGRAM).toString(), "--port", "0"));
    arguments.addAll(List.of(options));
    CompletableFuture<String> answered = new CompletableFuture<>();
    try (Child child = Child.merged(folder, arguments.toArray(String[]::new));
        HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create(child.await("listening on "));
      child.await("Chat.java:7: warning: handler 'ws/seen' changes");
      WebSocket client = http.newWebSocketBuilder().buildAsync(url, new WebSocket.Listener() {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
          answered.complete(text.toString());
          return WebSocket.Listener.super.onText(from, text, last);
        }
      }).join();
      client.sendText("{\"action\":\"scan\"}", true).join();
      assertThat(answered.join()).isEqualTo(answer);
      client.abort();
      child.signal("TERM");
      return child.end().out().replaceAll("(: (error|warning): )[0-9:.]{12} ", "$1");
    }
  }
}
