package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The files that a build tool writes among the sources and resources that it builds from, such as one with the time of
 * the build. Their changes would start it again and again. A file is such a one if its content has changed during
 * several runs in a row: then changes during a run are no saves. One thread.
 */
final class ToolWrites {
  private static final int ENOUGH_RUNS = 3;
  private static final int LARGE = 1_000_000;

  private final Consumer<String> notes;
  private final Set<Path> noted = new HashSet<>();
  /** How many runs in a row have changed a file. */
  private Map<Path, Integer> runs = Map.of();

  ToolWrites(Consumer<String> notes) {
    this.notes = notes;
  }

  /** Returns what the files hold before a run. */
  static Map<Path, String> contents(WatchedFiles watched) {
    Map<Path, String> contents = new HashMap<>();
    for (Folder each : watched.folders()) {
      if (!Files.isDirectory(each.root())) continue;
      try {
        Program.files(each.root(), each.kind() == Kind.EVERYTHING ? "" : ".java")
            .forEach(file -> contents.put(file, content(file)));
      } catch (UncheckedIOException _) {
        // something is changing at this moment
      }
    }
    return contents;
  }

  private static String content(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGE) return size + " " + Files.getLastModifiedTime(file);
      CRC32C sum = new CRC32C();
      sum.update(Files.readAllBytes(file));
      return size + " " + sum.getValue();
    } catch (IOException e) {
      return ""; // it is gone
    }
  }

  /**
   * Looks at the files after a run. If only the tool's own have changed, those who watch them take them as they are.
   *
   * @param before what the files held before it
   * @param known receives the files to watch
   * @return whether something was saved at the end, and the tool must run again
   */
  boolean ran(Map<Path, String> before, WatchedFiles watched, Consumer<WatchedFiles> known) {
    Map<Path, String> after = contents(watched);
    Set<Path> changed = changed(before, after);
    Map<Path, Integer> now = new HashMap<>();
    changed.forEach(each -> now.put(each, runs.getOrDefault(each, 0) + 1));
    runs = now;
    if (changed.isEmpty() || now.values().stream().anyMatch(each -> each < ENOUGH_RUNS)) return false;
    changed.stream().filter(noted::add).forEach(each -> notes.accept(
        "note: the build writes " + each + " itself: what it writes there starts no reload"));
    known.accept(new WatchedFiles(watched.files(), List.of(), watched.excluded()));
    known.accept(watched);
    return !contents(watched).equals(after);
  }

  private static Set<Path> changed(Map<Path, String> before, Map<Path, String> after) {
    Set<Path> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    all.removeIf(each -> before.getOrDefault(each, "").equals(after.getOrDefault(each, "")));
    return all;
  }
}
