package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Folders and links in whose place there are others, and files that change while others begin to be watched.
@Timeout(60)
final class SavesElsewhereTest {
  private static final long PAUSE = 20;

  @TempDir private Path folder = Path.of("");
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void realFolder() throws IOException {
    folder = folder.toRealPath();
  }

  @AfterEach
  void nothingIsNoted() {
    assertThat(notes).isEmpty();
  }

  @Test
  void aFolderThatAnotherReplaces() throws IOException, InterruptedException {
    Path file = write("src/p/P.java", "one");
    write("new/P.java", "two");
    try (Saves saves = saves(tree("src"))) {
      assertIsWatched(saves, file);
      Files.move(folder.resolve("src/p"), folder.resolve("old"));
      Files.move(folder.resolve("new"), folder.resolve("src/p"));
      assertThat(saves.await()).containsExactly(file);
      assertIsWatched(saves, file);
    }
  }

  @Test
  void aFolderThatIsDeletedAndMadeAgain() throws IOException, InterruptedException {
    Path file = write("src/p/P.java", "one");
    try (Saves saves = saves(tree("src"))) {
      for (int i = 0; i < 5; i++) {
        FileTree.delete(folder.resolve("src/p"));
        write("src/p/P.java", "again " + i);
        assertThat(saves.await()).containsExactly(file);
        assertIsWatched(saves, file);
      }
    }
  }

  @Test
  void aFolderThatComesBackAsItWas() throws IOException, InterruptedException {
    Path file = write("src/p/P.java", "one");
    Path other = write("src/Chat.java", "one");
    try (Saves saves = saves(tree("src"))) {
      Files.move(folder.resolve("src/p"), folder.resolve("old"));
      write("src/p/P.java", "one");
      write("src/Chat.java", "two");
      assertThat(saves.await()).containsExactly(other);
      assertIsWatched(saves, file);
    }
  }

  @Test
  void theFolderOfAFileThatAnotherReplaces() throws IOException, InterruptedException {
    Path file = write("project/Chat.java", "one");
    write("new/Chat.java", "two");
    WatchedFiles watched = new WatchedFiles(Set.of(file), List.of(new Folder(folder.resolve("project"), Kind.BESIDE)),
        Set.of());
    try (Saves saves = saves(watched)) {
      FileTree.delete(folder.resolve("project"));
      Files.move(folder.resolve("new"), folder.resolve("project"));
      assertThat(saves.await()).containsExactly(file);
      assertIsWatched(saves, file);
    }
  }

  @Test
  void aFolderFarAboveThatAnotherReplaces() throws IOException, InterruptedException {
    Path file = write("app/src/main/java/Chat.java", "one");
    write("new/src/main/java/Chat.java", "two");
    try (Saves saves = saves(tree("app/src/main/java"))) {
      assertIsWatched(saves, file);
      Files.move(folder.resolve("app"), folder.resolve("old"));
      Files.move(folder.resolve("new"), folder.resolve("app"));
      assertThat(saves.await()).containsExactly(file);
      assertIsWatched(saves, file);
    }
  }

  @Test
  void aLinkAboveThatIsSwitched() throws IOException, InterruptedException {
    write("one/app/Chat.java", "one");
    write("two/app/Chat.java", "two");
    link("current", folder.resolve("one"));
    Path file = folder.resolve("current/app/Chat.java");
    try (Saves saves = saves(tree("current/app"))) {
      assertIsWatched(saves, file);
      link("current", Path.of("two"));
      assertThat(saves.await()).containsExactly(file);
      assertIsWatched(saves, file);
    }
  }

  @Test
  void aLinkInBetweenThatIsSwitched() throws IOException, InterruptedException {
    write("one/Chat.java", "one");
    write("two/Chat.java", "two");
    link("links/between", Path.of("../one/Chat.java"));
    Path file = link("src/Chat.java", folder.resolve("links/between"));
    for (WatchedFiles watched : List.of(tree("src"), new WatchedFiles(Set.of(file), List.of(), Set.of()))) {
      link("links/between", Path.of("../one/Chat.java"));
      try (Saves saves = saves(watched)) {
        assertIsWatched(saves, file);
        link("links/between", Path.of("../two/Chat.java"));
        assertThat(saves.await()).containsExactly(file);
        assertIsWatched(saves, file);
        write("two/Chat.java", "two");
        assertThat(saves.await()).containsExactly(file);
      }
    }
  }

  @Test
  void aLinkedFolderThatIsSwitchedBelowLinksToItsFiles() throws IOException, InterruptedException {
    write("..one/words.txt", "one");
    write("..two/words.txt", "two");
    link("..data", Path.of("..one"));
    Path file = link("resources/words.txt", Path.of("../..data/words.txt"));
    WatchedFiles watched =
        new WatchedFiles(Set.of(), List.of(new Folder(folder.resolve("resources"), Kind.EVERYTHING)), Set.of());
    try (Saves saves = saves(watched)) {
      assertIsWatched(saves, file);
      link("..data", Path.of("..two"));
      assertThat(saves.await()).containsExactly(file);
      assertIsWatched(saves, file);
    }
  }

  @Test
  void whatChangesBeforeAnotherFileIsWatched() throws IOException, InterruptedException {
    Path file = write("src/A.java", "one");
    Path gone = write("src/B.java", "one");
    Path library = write("lib/words.jar", "one");
    List<Folder> folders = tree("src").folders();
    try (Saves saves = saves(new WatchedFiles(Set.of(), folders, Set.of()))) {
      Files.delete(gone);
      Path fresh = write("src/C.java", "one");
      Path deep = write("src/p/D.java", "one");
      write("src/A.java", "two");
      saves.watch(new WatchedFiles(Set.of(library), folders, Set.of()));
      assertThat(saves.await()).containsExactly(file, gone, fresh, deep);
    }
  }

  @Test
  void whatIsNoLongerWatchedIsNotGone() throws IOException, InterruptedException {
    Path file = write("src/A.java", "one");
    Path library = write("lib/words.jar", "one");
    List<Folder> folders = tree("src").folders();
    try (Saves saves = saves(new WatchedFiles(Set.of(library), folders, Set.of()))) {
      saves.watch(new WatchedFiles(Set.of(), folders, Set.of()));
      write("src/A.java", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  private void assertIsWatched(Saves saves, Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      Files.writeString(file, "saved again: " + i);
      assertThat(saves.await()).containsExactly(file);
    }
  }

  private Saves saves(WatchedFiles watched) throws IOException {
    return Saves.of(FolderEvents.start(notes::add), watched, PAUSE,
        FirstLook.at(watched, Instant.now().plusSeconds(1000), Set.of()), notes::add);
  }

  private WatchedFiles tree(String name) {
    return new WatchedFiles(Set.of(), List.of(new Folder(folder.resolve(name), Kind.SOURCES)), Set.of());
  }

  /// A link, in the place of one that may be there.
  private Path link(String name, Path target) throws IOException {
    Path link = folder.resolve(name);
    Files.createDirectories(link.getParent());
    Path fresh = Files.createSymbolicLink(link.resolveSibling("fresh"), target);
    return Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
