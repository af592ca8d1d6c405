package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operating system's events of folders, as hints. Events that cannot concern the program are dropped. */
final class FolderEvents implements Hints {
  private static final WatchEvent.Kind<?>[] ALL = {
    StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
  };

  private final WatchService service;
  private final Consumer<String> notes;
  private final Map<Path, Registered> registered = new HashMap<>();
  /** A folder that links lead to has one key, whichever way it was found. */
  private final Map<WatchKey, Set<Path>> paths = new HashMap<>();
  private Predicate<Path> concerns = _ -> false;
  private boolean noted;

  /** A folder that is watched, and what the file system calls it: another folder may take its place. */
  private record Registered(WatchKey key, Object identity) {}

  private FolderEvents(WatchService service, Consumer<String> notes) {
    this.service = service;
    this.notes = notes;
  }

  /**
   * Starts to watch, though no folder yet.
   *
   * @param notes receives a line if a folder cannot be watched
   * @throws IOException if the operating system allows no more of it
   */
  static FolderEvents start(Consumer<String> notes) throws IOException {
    return new FolderEvents(FileSystems.getDefault().newWatchService(), notes);
  }

  @Override
  public boolean watch(Set<Path> folders, Set<Path> above, Predicate<Path> matters) {
    concerns = matters;
    registered.entrySet().removeIf(each -> {
      if (folders.contains(each.getKey()) || above.contains(each.getKey())) return false;
      drop(each.getKey(), each.getValue());
      return true;
    });
    boolean fresh = false;
    for (Path each : folders) fresh |= register(each, true);
    for (Path each : above) fresh |= !folders.contains(each) && register(each, false);
    return fresh;
  }

  /** Watches a folder. Returns whether it was not watched until now. */
  private boolean register(Path folder, boolean needed) {
    try {
      Object identity = identity(folder);
      Registered known = registered.get(folder);
      if (known != null) {
        if (known.key.isValid() && known.identity.equals(identity)) return false;
        drop(folder, known);
      }
      WatchKey key = folder.register(service, ALL);
      registered.put(folder, new Registered(key, identity));
      paths.computeIfAbsent(key, _ -> new HashSet<>()).add(folder);
      return true;
    } catch (IOException e) {
      registered.remove(folder);
      if (needed && Files.isDirectory(folder) && !noted) {
        noted = true;
        notes.accept("note: changes in " + folder + " are not noticed: " + FileTrouble.of(e).orElseGet(e::toString));
      }
    } catch (ClosedWatchServiceException _) {
      // it ends
    }
    return false;
  }

  private static Object identity(Path folder) throws IOException {
    @Nullable Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? folder : key;
  }

  private void drop(Path folder, Registered old) {
    Set<Path> others = paths.getOrDefault(old.key, Set.of());
    if (others.size() > 1) {
      others.remove(folder);
      return;
    }
    old.key.cancel();
    paths.remove(old.key);
  }

  @Override
  public void await() throws InterruptedException {
    while (!isHint(service.take())) {
      // of something else
    }
  }

  @Override
  public boolean await(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      @Nullable WatchKey key = service.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (key == null) return false;
      if (isHint(key)) return true;
    }
  }

  private boolean isHint(WatchKey key) {
    Set<Path> folders = paths.getOrDefault(key, Set.of());
    boolean hint = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      hint |= folders.stream()
          .anyMatch(each -> !(event.context() instanceof Path name) || concerns.test(each.resolve(name)));
    }
    if (key.reset() || folders.isEmpty()) return hint;
    paths.remove(key);
    folders.forEach(registered::remove);
    return true;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException _) {
      // it is not used any more
    }
  }
}
