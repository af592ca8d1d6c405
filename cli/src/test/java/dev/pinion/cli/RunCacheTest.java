package dev.pinion.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What the command keeps: found while nothing has changed, whole or not at all, and bounded.
final class RunCacheTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> notes = new ArrayList<>();

  @Test
  void anEntryIsFoundUntilSomethingChanges() throws IOException {
    RunCache cache = RunCache.in(folder.resolve("cache"), notes::add);
    Path library = Files.writeString(folder.resolve("a.jar"), "jar");
    cache.put(key("text", library), new byte[] {1, 2});
    assertThat(cache.get(key("text", library))).hasValue(new byte[] {1, 2});
    assertThat(cache.get(key("another text", library))).isEmpty();
    Files.setLastModifiedTime(library, FileTime.from(Instant.EPOCH));
    assertThat(cache.get(key("text", library))).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void aFileThatKeepsItsDateAndSizeIsChangedAllTheSame() throws IOException {
    Path library = Files.writeString(folder.resolve("a.jar"), "one");
    FileTime date = Files.getLastModifiedTime(library);
    String before = key("", library).name();
    assertThat(key("", library).name()).isEqualTo(before);
    Files.writeString(library, "two");
    Files.setLastModifiedTime(library, date);
    assertThat(key("", library).name()).isNotEqualTo(before);
  }

  @Test
  void whatCannotBeReadIsPartOfAKey() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    String empty = key("", classes).name();
    Path link = Files.createSymbolicLink(classes.resolve(".#A.java"), Path.of("nowhere"));
    assertThat(key("", classes).name()).isNotEqualTo(empty);
    Files.delete(link);
    Files.createSymbolicLink(classes.resolve("loop"), classes);
    assertThat(key("", classes).name()).isNotEqualTo(empty);
    String missing = key("", folder.resolve("missing")).name();
    assertThat(missing).isEqualTo(key("", folder.resolve("missing")).name());
    Files.createDirectory(folder.resolve("missing"));
    assertThat(key("", folder.resolve("missing")).name()).isNotEqualTo(missing);
  }

  @Test
  void filesBehindALinkToAFolderArePartOfAKey() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Files.createSymbolicLink(classes.resolve("app"), real);
    String before = key("", classes).name();
    Files.writeString(real.resolve("A.class"), "");
    assertThat(key("", classes).name()).isNotEqualTo(before);
  }

  @Test
  void onlyTheFilesOfAFolderItselfAreTaken() throws IOException {
    String before = new CacheKey("k").filesOf(folder).name();
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/x"), "");
    Files.writeString(folder.resolve("x.log"), "");
    assertThat(new CacheKey("k").filesOf(folder).name()).isEqualTo(before);
    Files.writeString(folder.resolve(".env"), "");
    assertThat(new CacheKey("k").filesOf(folder).name()).isNotEqualTo(before);
    assertThat(new CacheKey("k").filesOf(folder.resolve("missing")).name()).isNotEqualTo(before);
  }

  @Test
  void partsOfAKeyDoNotRunTogether() {
    assertThat(new CacheKey("k").add("ab").add("c").name()).isNotEqualTo(new CacheKey("k").add("a").add("bc").name());
    assertThat(new CacheKey("k").add(Map.of("a", "b")).add("c").name())
        .isNotEqualTo(new CacheKey("k").add(Map.of("a", "b", "c", "")).name());
    assertThat(new CacheKey("k").add("a").name()).isEqualTo(new CacheKey("k").add("a").name());
  }

  @Test
  void aDamagedEntryIsNone() throws IOException {
    RunCache cache = RunCache.in(folder, notes::add);
    cache.put(new CacheKey("k"), new byte[100]);
    Path file = folder.resolve(new CacheKey("k").name());
    byte[] stored = Files.readAllBytes(file);
    stored[stored.length - 1]++;
    Files.write(file, stored);
    assertThat(cache.get(new CacheKey("k"))).isEmpty();
    Files.write(file, new byte[3]);
    assertThat(cache.get(new CacheKey("k"))).isEmpty();
    cache.put(new CacheKey("k"), new byte[100]);
    assertThat(cache.get(new CacheKey("k"))).isPresent();
  }

  @Test
  void whatIsNoFileOrTooLargeIsNoEntry() throws IOException {
    RunCache cache = RunCache.in(folder, notes::add);
    Path file = folder.resolve(new CacheKey("k").name());
    Files.createDirectory(file);
    assertThat(cache.get(new CacheKey("k"))).isEmpty();
    Files.delete(file);
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3L << 30);
    }
    assertThat(cache.get(new CacheKey("k"))).isEmpty();
    cache.put(new CacheKey("k"), new byte[1]);
    assertThat(cache.get(new CacheKey("k"))).isPresent();
  }

  @Test
  void theEntriesThatWereNotUsedForLongestGo() throws IOException {
    RunCache cache = RunCache.in(folder, notes::add);
    for (int i = 0; i < 250; i++) {
      cache.put(new CacheKey("k" + i), new byte[0]);
      Path file = folder.resolve(new CacheKey("k" + i).name());
      if (Files.exists(file)) Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + i)));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.count()).isEqualTo(200);
    }
    assertThat(cache.get(new CacheKey("k0"))).isEmpty();
    assertThat(cache.get(new CacheKey("k249"))).isPresent();
    cache.put(new CacheKey("large"), new byte[65 * 1024 * 1024]);
    assertThat(cache.get(new CacheKey("large"))).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    RunCache cache = RunCache.in(file.resolve("cache"), notes::add);
    cache.put(new CacheKey("k"), new byte[0]);
    assertThat(cache.get(new CacheKey("k"))).isEmpty();
    assertThat(notes).singleElement().asString().startsWith("note: cannot write the cache: ").contains("--no-cache");
  }

  private static CacheKey key(String text, Path library) {
    return new CacheKey("test").add(text).stamps(List.of(library));
  }
}
