package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/// The sources that a Java file uses beside itself.
@Timeout(120)
final class NeighborSourcesTest {
  private static final String GAME = """
      import dev.pinion.*;

      class Game implements App {
        public void define(Cloud cloud) {
          WebSocket game = cloud.webSocket("game").create();
          game.onMessage((c, body) -> game.sendMessage(c.id(), Board.of(body)));
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private List<String> of(String name) {
    return NeighborSources.of(folder.resolve(name)).stream().map(each -> folder.relativize(each).toString()).toList();
  }

  @Test
  void thoseOfTheSameFolderAndWhatTheyUse() throws IOException {
    write("Game.java",
        "class Game { Board board; /* Comment */ String a = \"Text\", b = \"\"\"\nBlock \"Block\"\n\"\"\"; }");
    write("Board.java", "// Comment\nclass Board { char c = '\"'; Piece[] pieces; }");
    write("Piece.java", "record Piece(Game game) {}");
    for (String other : List.of("Comment", "Text", "Block", "Other")) write(other + ".java", "class " + other + " {}");
    assertThat(of("Game.java")).containsExactly("Game.java", "Board.java", "Piece.java");
  }

  @Test
  void thoseOfPackages() throws IOException {
    write("Game.java", """
        import board.*;
        import static pieces.Rook.move;
        import java.util.List;

        class Game { Board board; List<players . Player.Name> names; String list = move(); }
        """);
    write("board/Board.java", "package board; public class Board { Cell cell; }");
    write("board/Cell.java", "package board; class Cell {}");
    write("board/Other.java", "package board; class Other {}");
    write("pieces/Rook.java", "package pieces; public class Rook { public static String move() { return null; } }");
    write("players/Player.java", "package players; public class Player { public record Name() {} }");
    write("List.java", "class List {}");
    assertThat(of("Game.java"))
        .containsExactly("Game.java", "board/Board.java", "board/Cell.java", "pieces/Rook.java", "players/Player.java");
    assertThat(of("board/Board.java")).containsExactly("board/Board.java", "board/Cell.java");
  }

  @Test
  void notWhatTheFileDeclaresItselfNorTests() throws IOException {
    write("Game.java", "class Game { Board b; GameTest t; Missing m; record Board() {} }");
    write("Board.java", "class Board {}");
    write("GameTest.java", "import org.junit.jupiter.api.Test;\nclass GameTest {}");
    assertThat(of("Game.java")).containsExactly("Game.java");
  }

  @Test
  void aNestedTypeHidesAnotherOneOnlyWhereItIsSeen() throws IOException {
    write("Cell.java", "class Cell {}");
    write("Game.java", "class Game { Cell cell; } class Board { static class Part { record Cell() {} } }");
    assertThat(of("Game.java")).containsExactly("Game.java", "Cell.java");
    write("Game.java", "class Game extends Cell { record Cell() {} }");
    assertThat(of("Game.java")).containsExactly("Game.java", "Cell.java");
    write("Game.java", "class Game { record Cell() {} static class Part { void x() { if (true) { Cell c; } } } }");
    assertThat(of("Game.java")).containsExactly("Game.java");
    write("Game.java", "record Game(Cell cell) { enum Cell { A } }");
    assertThat(of("Game.java")).containsExactly("Game.java");
    write("Game.java", "class Game { Cell cell; } interface Cell {}");
    assertThat(of("Game.java")).containsExactly("Game.java");
    write("Game.java", "class Game { record Cell() {} void open() { Cell c;");
    assertThat(of("Game.java")).containsExactly("Game.java");
  }

  @Test
  void namesInAnyLanguage() throws IOException {
    assumeThat(System.getProperty("sun.jnu.encoding")).as("names of files").isEqualTo("UTF-8");
    write("Spiel.java", "import größen.Länge; class Spiel { Größe größe; Länge länge; class Zähler {} Zähler z; }");
    write("Größe.java", "class Größe {}");
    write("Zähler.java", "class Zähler {}");
    write("größen/Länge.java", "package größen; public class Länge { Breite breite; }");
    write("größen/Breite.java", "package größen; class Breite {}");
    assertThat(of("Spiel.java")).containsExactly("Spiel.java", "Größe.java", "größen/Breite.java", "größen/Länge.java");
  }

  @Test
  void notThoseOfAFileWhoseFolderIsNotItsPackages() throws IOException {
    write("Game.java", "package game; class Game { Board b; }");
    write("Board.java", "package game; class Board {}");
    assertThat(of("Game.java")).containsExactly("Game.java");
    assertThat(NeighborSources.of(folder.resolve("None.java"))).hasSize(1);
  }

  @Test
  void areCompiledWatchedAndMayComeLater() throws Exception {
    write("Game.java", GAME);
    write("Board.java", "class Board { static String of(String text) { return \"one \" + text; } }");
    write("Another.java", GAME.replace("class Game", "class Another"));
    try (Child child = Child.merged(folder, "run", "Game.java", "--port", "0");
        EchoClient client = new EchoClient(child.await("listening on "))) {
      assertThat(client.ask("a")).isEqualTo("one a");
      write("Board.java", "class Board { static String of(String text) { return Words.TWO + text; } }");
      child.awaitContaining("Board.java:1: error: cannot find symbol");
      write("Another.java", "nothing that anybody uses");
      write("Words.java", "class Words { static final String TWO = \"two \"; }");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
      write("Words.java", "class Words { static final String TWO = \"three \"; }");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("c")).isEqualTo("three c");
    }
  }

  @Test
  void mayComeInAFolderThatIsNew() throws Exception {
    write("Game.java", GAME.replace("Board.of(body)", "\"one \" + body"));
    try (Child child = Child.merged(folder, "run", "Game.java", "--port", "0");
        EchoClient client = new EchoClient(child.await("listening on "))) {
      write("Game.java", GAME.replace("Board.of(body)", "play.boards.Board.of(body)"));
      child.awaitContaining("Game.java:6: error: ");
      write("play/boards/Board.java",
          "package play.boards; public class Board { public static String of(String text) { return \"two\"; } }");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("a")).isEqualTo("two");
    }
  }

  @Test
  void foldersInWhichOneMayAppear() throws IOException {
    write("Game.java", "import static pieces.Rook.*; class Game { players.Player player; }");
    write("players/Other.java", "package players; class Other {}");
    assertThat(NeighborSources.folders(folder.resolve("Game.java"))).contains(folder, folder.resolve("pieces"),
        folder.resolve("players"));
  }

  @Test
  void oneThatIsAnAppItselfIsNotTheOneThatRuns() throws Exception {
    write("Game.java", GAME);
    write("Board.java", GAME.replace("class Game", "class Board").replace("Board.of(body)", "of(body)")
        .replace("public void define",
            "static String of(String text) { return \"one \" + text; }\n  public void define"));
    try (Child child = Child.merged(folder, "run", "Game.java", "--port", "0");
        EchoClient client = new EchoClient(child.await("listening on "))) {
      assertThat(client.ask("a")).isEqualTo("one a");
    }
  }

  @Test
  void whatAReloadHasBuiltIsFoundByTheNextStart() throws Exception {
    Path file = write("Game.java", GAME);
    write("Board.java", "class Board { static String of(String text) { return \"one \" + text; } }");
    ProgramOptions options = new ProgramOptions(file, List.of(), List.of(), true);
    RunCache cache = RunCache.in(folder.resolve("cache"), line -> {});
    Program read = new ProgramReader(line -> {}).read(options);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (SourceBuilds builds = new SourceBuilds(options, read, Set.of(), cache, nowhere)) {
      var built = builds.build(Set.of(file), watched -> {});
      assertThat(folder.resolve("cache")).doesNotExist();
      builds.keep();
      assertThat(folder.resolve("cache")).isDirectoryContaining(each -> true);
      write("cache/mark", "");
      var again = read.load(cache, nowhere).classes();
      assertThat(again.keySet()).isEqualTo(built.classes().keySet()).contains("Game", "Board");
      again.forEach((name, bytes) -> assertThat(bytes).isEqualTo(built.classes().get(name)));
      try (var entries = Files.list(folder.resolve("cache"))) {
        assertThat(entries).hasSize(2);
      }
    }
  }

  @Test
  void whatIsSavedWhileItIsCompiledIsNotKept() throws Exception {
    Path file = write("Game.java", "class Game { int one; }");
    RunCache cache = RunCache.in(folder.resolve("cache"), line -> {});
    PrintStream saves = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
      @Override
      public void print(@Nullable String warnings) {
        try {
          Files.writeString(file, "class Game { int two; }");
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    };
    new CachedClasses(cache).of(List.of(file), List.of(), saves);
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void theNextStartPrintsTheWarningsOfAllSources() throws Exception {
    Path file = write("Game.java", GAME);
    Path board = write("Board.java", "class Board { static String of(String text) { return \"one \" + text; } }");
    write("Old.java", "class Old { @Deprecated(forRemoval = true) static void gone() {} }");
    String uses = GAME.replace("public void define", "void old() { Old.gone(); }\n  public void define");
    write("Game.java", uses);
    ProgramOptions options = new ProgramOptions(file, List.of(), List.of(), true);
    RunCache cache = RunCache.in(folder.resolve("cache"), line -> {});
    Program read = new ProgramReader(line -> {}).read(options);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (SourceBuilds builds = new SourceBuilds(options, read, Set.of(), cache, nowhere)) {
      builds.build(Set.of(file), watched -> {});
      write("Board.java", "class Board { static String of(String text) { return \"two \" + text; } }");
      builds.build(Set.of(board), watched -> {});
      builds.keep();
    }
    var printed = new ByteArrayOutputStream();
    read.load(cache, new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Old has been deprecated and marked for removal");
  }
}
