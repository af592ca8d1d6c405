package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Changes of real files, as the operating system's events and their contents tell of them.
@Timeout(60)
final class SavesTest {
  private static final long PAUSE = 20;

  @TempDir private Path folder = Path.of("");
  private final Instant later = Instant.now().plusSeconds(1000);
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void realFolder() throws IOException {
    folder = folder.toRealPath();
  }

  @Test
  void aSavedFile() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    try (Saves saves = saves(file(file))) {
      write("Chat.java", "two");
      assertThat(saves.await()).containsExactly(file);
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void aFileThatIsTouchedOrWrittenAgainHasNotChanged() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    Path other = write("Other.java", "one");
    try (Saves saves = saves(new WatchedFiles(Set.of(file, other), List.of(), Set.of()))) {
      Files.setLastModifiedTime(file, FileTime.from(later));
      write("Chat.java", "one");
      write("Other.java", "two");
      assertThat(saves.await()).containsExactly(other);
    }
  }

  @Test
  void aChangeOfTheSameSizeAndDate() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    FileTime date = Files.getLastModifiedTime(file);
    try (Saves saves = saves(file(file))) {
      write("Chat.java", "two");
      Files.setLastModifiedTime(file, date);
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void aSaveByRename() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    try (Saves saves = saves(file(file))) {
      for (int i = 0; i < 3; i++) {
        Path fresh = write(".Chat.java.tmp", "version " + i);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(saves.await()).containsExactly(file);
      }
    }
  }

  @Test
  void aSaveThatMovesTheOldFileAwayFirst() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    try (Saves saves = saves(file(file))) {
      Files.move(file, folder.resolve("Chat.java~"));
      write("Chat.java", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void aFileThatIsDeletedAndAppearsAgain() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    try (Saves saves = saves(file(file))) {
      Files.delete(file);
      assertThat(saves.await()).containsExactly(file);
      write("Chat.java", "one");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void aFileThatDidNotExist() throws IOException, InterruptedException {
    try (Saves saves = saves(file(folder.resolve("conf/deep/.env")))) {
      Path file = write("conf/deep/.env", "A=1");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void filesAndFoldersThatAreNew() throws IOException, InterruptedException {
    write("src/Chat.java", "one");
    try (Saves saves = saves(tree("src", Kind.SOURCES))) {
      Path file = write("src/deep/er/Room.java", "one");
      assertThat(saves.await()).containsExactly(file);
      write("src/deep/er/Room.java", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void aFileInAFolderBelowOneThatDidNotExist() throws IOException, InterruptedException {
    write("src/Chat.java", "one");
    WatchedFiles watched = new WatchedFiles(Set.of(), List.of(new Folder(folder.resolve("src"), Kind.BESIDE),
        new Folder(folder.resolve("src/deep/er"), Kind.BESIDE)), Set.of());
    try (Saves saves = saves(watched)) {
      Path file = write("src/deep/er/Room.java", "one");
      assertThat(saves.await()).containsExactly(file);
      write("src/deep/er/Room.java", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void aFolderThatVanishesAndComesBack() throws IOException, InterruptedException {
    Path file = write("project/src/Chat.java", "one");
    try (Saves saves = saves(tree("project/src", Kind.SOURCES))) {
      FileTree.delete(folder.resolve("project"));
      assertThat(saves.await()).containsExactly(file);
      write("project/src/Chat.java", "two");
      assertThat(saves.await()).containsExactly(file);
      write("project/src/Chat.java", "three");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void whatIsNotOfTheProgramIsNotLookedAt() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    Path data = Files.createDirectories(folder.resolve("data"));
    WatchedFiles watched =
        new WatchedFiles(Set.of(), List.of(new Folder(folder, Kind.SOURCES)), Set.of(data));
    try (Saves saves = saves(watched)) {
      String[] others = {".git/A.java", ".pinion/A.java", "target/A.java", "data/A.java", ".A.java", "notes.txt"};
      for (String each : others) {
        write(each, "new");
      }
      write("Chat.java", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void linksToFilesAndFolders() throws IOException, InterruptedException {
    Path real = write("elsewhere/Real.java", "one");
    write("elsewhere/more/More.java", "one");
    Path link = Files.createSymbolicLink(Files.createDirectories(folder.resolve("src")).resolve("Chat.java"), real);
    Path more = Files.createSymbolicLink(folder.resolve("src/more"), folder.resolve("elsewhere/more"));
    Files.createSymbolicLink(folder.resolve("src/circle"), folder.resolve("src"));
    Files.createSymbolicLink(folder.resolve("src/Broken.java"), folder.resolve("nowhere"));
    try (Saves saves = saves(tree("src", Kind.SOURCES))) {
      write("elsewhere/Real.java", "two");
      assertThat(saves.await()).containsExactly(link);
      write("elsewhere/more/More.java", "two");
      assertThat(saves.await()).containsExactly(more.resolve("More.java"));
      Files.delete(link);
      Files.createSymbolicLink(link, write("elsewhere/Other.java", "three"));
      assertThat(saves.await()).containsExactly(link);
      write("elsewhere/Other.java", "four");
      assertThat(saves.await()).containsExactly(link);
    }
  }

  @Test
  void resourcesOfAnyName() throws IOException, InterruptedException {
    Path file = write("resources/deep/words.txt", "one");
    try (Saves saves = saves(tree("resources", Kind.EVERYTHING))) {
      write("resources/deep/words.txt", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void hiddenResources() throws IOException, InterruptedException {
    Path file = write("resources/.conf", "one");
    try (Saves saves = saves(tree("resources", Kind.EVERYTHING))) {
      write("resources/.conf", "two");
      assertThat(saves.await()).containsExactly(file);
      Files.delete(file);
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void whatEditorsLeaveBesideResources() throws IOException, InterruptedException {
    Path file = write("resources/page.txt", "one");
    List<String> others = List.of("page.txt~", "#page.txt#", ".#page.txt", "%page.txt%", "._page.txt", ".page.txt.swp",
        "4913", ".goutputstream-A1");
    WatchedFiles watched = tree("resources", Kind.EVERYTHING);
    try (Saves saves = saves(watched)) {
      for (String each : others) {
        assertThat(watched.concerns(write("resources/" + each, "new"))).as(each).isFalse();
      }
      write("resources/page.txt", "two");
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void whatIsYoungerThanTheReadingOfTheProgramHasChanged() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    Path other = write("Other.java", "one");
    Files.setLastModifiedTime(file, FileTime.from(later));
    WatchedFiles both = new WatchedFiles(Set.of(file, other), List.of(), Set.of());
    FirstLook read = FirstLook.at(both, later.minusSeconds(1), Set.of());
    try (Saves saves = Saves.of(FolderEvents.start(notes::add), both, PAUSE, read, notes::add)) {
      assertThat(saves.await()).containsExactly(file);
    }
  }

  @Test
  void whatChangesAfterTheReadingOfTheProgramWhateverItsDate() throws IOException, InterruptedException {
    Path gone = write("src/Gone.java", "one");
    Path replaced = write("src/Replaced.java", "one");
    Path old = write("old", "two");
    write("src/Same.java", "one");
    WatchedFiles watched = tree("src", Kind.SOURCES);
    FirstLook read = read(watched);
    Files.delete(gone);
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    Files.move(old, replaced, StandardCopyOption.ATOMIC_MOVE);
    try (Saves saves = Saves.of(FolderEvents.start(notes::add), watched, PAUSE, read, notes::add)) {
      assertThat(saves.await()).containsExactly(gone, replaced);
    }
  }

  @Test
  void filesThatAreAddedToTheWatchedOnes() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    Path library = write("lib/words.jar", "one");
    try (Saves saves = saves(file(file))) {
      write("Chat.java", "two");
      saves.watch(new WatchedFiles(Set.of(file, library), List.of(), Set.of()));
      assertThat(saves.await()).as("not lost, and nothing else").containsExactly(file);
      write("lib/words.jar", "two");
      assertThat(saves.await()).containsExactly(library);
    }
  }

  @Test
  void aBurstIsOneChange() throws IOException, InterruptedException {
    Set<Path> files = new TreeSet<>();
    Deque<Runnable> hints = new ArrayDeque<>();
    for (int i = 0; i < 20; i++) {
      String name = "src/Part" + i + ".java";
      files.add(write(name, "one"));
      hints.add(() -> write(name, "two"));
    }
    WatchedFiles watched = tree("src", Kind.SOURCES);
    try (Saves saves = Saves.of(new Scripted(hints), watched, PAUSE, read(watched), notes::add)) {
      assertThat(saves.await()).isEqualTo(files);
    }
  }

  @Test
  void aFileThatIsEmptyForAMomentIsNotTakenSo() throws IOException, InterruptedException {
    Path file = write("Chat.java", "one");
    Deque<Runnable> hints = new ArrayDeque<>();
    hints.add(() -> write("Chat.java", ""));
    hints.add(new Pause());
    hints.add(() -> write("Chat.java", "one"));
    hints.add(new Pause());
    hints.add(() -> write("Chat.java", "two"));
    try (Saves saves = Saves.of(new Scripted(hints), file(file), PAUSE, read(file(file)), notes::add)) {
      assertThat(saves.await()).containsExactly(file);
      assertThat(file).hasContent("two");
    }
  }

  private Saves saves(WatchedFiles watched) throws IOException {
    return Saves.of(FolderEvents.start(notes::add), watched, PAUSE, read(watched), notes::add);
  }

  private FirstLook read(WatchedFiles watched) {
    return FirstLook.at(watched, later, Set.of());
  }

  private static WatchedFiles file(Path file) {
    return new WatchedFiles(Set.of(file), List.of(), Set.of());
  }

  private WatchedFiles tree(String name, Kind kind) {
    return new WatchedFiles(Set.of(), List.of(new Folder(folder.resolve(name), kind)), Set.of());
  }

  private Path write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Stands in a script where no hint comes for a while.
  private static final class Pause implements Runnable {
    @Override
    public void run() {
      // Nothing changes.
    }
  }

  /// Hints in the order of a script: each is preceded by a change of files.
  private static final class Scripted implements Hints {
    private final Deque<Runnable> script;

    Scripted(Deque<Runnable> script) {
      this.script = script;
    }

    @Override
    public boolean watch(Set<Path> folders, Set<Path> above, Predicate<Path> concerns) {
      return false; // They come from the script.
    }

    @Override
    public void await() {
      assertThat(await(0)).as("there is another hint").isTrue();
    }

    @Override
    public boolean await(long millis) {
      Runnable next = script.poll();
      if (next == null || next instanceof Pause) return false;
      next.run();
      return true;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
