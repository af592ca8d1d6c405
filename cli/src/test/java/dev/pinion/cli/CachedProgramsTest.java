package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The command with a cache says the same as without one, for programs that change and for those that do not.
@Timeout(120)
@Tag("slow")
final class CachedProgramsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void anUnchangedProgramIsNeitherCompiledNorInspectedAgain() throws IOException, InterruptedException {
    write("", "deleteItem", "getName");
    Ran first = explain();
    assertThat(first.out()).contains("dynamodb:DeleteItem");
    List<String> kept = entries();
    assertThat(kept).hasSize(2);
    assertThat(explain()).isEqualTo(first);
    assertThat(entries()).isEqualTo(kept);
    assertThat(explain("--no-cache")).isEqualTo(first);
  }

  @Test
  void aChangedProgramIsReadAgain() throws IOException, InterruptedException {
    write("", "deleteItem", "getName");
    explain();
    write("", "getItem", "getName");
    assertThat(explain().out()).contains("dynamodb:GetItem").doesNotContain("DeleteItem");
    assertThat(entries()).hasSize(4);
  }

  @Test
  void theCompilersWarningsAreKept() throws IOException, InterruptedException {
    write("", "deleteItem", "stop");
    Ran first = explain();
    assertThat(first.err()).contains("Chat.java", "[removal] stop()");
    assertThat(explain().err()).isEqualTo(first.err());
  }

  @Test
  void whatDependsOnItsSurroundingsIsInspectedEachTime() throws IOException, InterruptedException {
    write("System.getenv(\"HOME\");", "deleteItem", "getName");
    Ran first = explain();
    assertThat(first.err()).contains("define calls System.getenv");
    assertThat(entries()).hasSize(1);
    assertThat(explain().err()).isEqualTo(first.err());
  }

  private void write(String statement, String operation, String call) throws IOException {
    Files.writeString(folder.resolve("Chat.java"), """
        import dev.pinion.*;

        class Chat implements App {
          public void define(Cloud cloud) {
            %s
            Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
            WebSocket ws = cloud.webSocket("chat").create();
            ws.onMessage((c, text) -> rows.%s(Key.of("id", text)));
            new Thread(() -> {}).%s();
          }
        }
        """.formatted(statement, operation, call));
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/pinion/programs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Ran explain(String... options) throws IOException, InterruptedException {
    List<String> command = Stream.of(List.of("explain", "Chat.java"), List.of(options)).flatMap(List::stream).toList();
    try (Child child = Child.of(folder, Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
        command.toArray(String[]::new))) {
      return child.end();
    }
  }
}
