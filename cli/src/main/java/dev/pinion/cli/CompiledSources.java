package dev.pinion.cli;

import dev.pinion.cli.ClassApi.Change;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a set of sources was compiled to. Immutable.
 *
 * @param set the sources
 * @param contents a hash of what each source held, or something older
 * @param libraries what the class path was, by its files' dates
 * @param classes class files by name, for each source
 */
record CompiledSources(
    SourceSet set, Map<Path, String> contents, String libraries, Map<Path, Map<String, byte[]>> classes) {
  CompiledSources {
    contents = Map.copyOf(contents);
    classes = Map.copyOf(classes);
  }

  /** Returns all class files by name. */
  Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    classes.values().forEach(all::putAll);
    return all;
  }

  /** Returns the sources whose content is another now. */
  Set<Path> changes(Map<Path, String> now) {
    Set<Path> changed = new HashSet<>();
    now.forEach((file, content) -> {
      if (!content.equals(contents.get(file))) changed.add(file);
    });
    return changed;
  }

  /** Returns how some of the sources, compiled anew, changed what other sources see of them. */
  Change change(Map<Path, Map<String, byte[]>> anew) {
    Change most = Change.NONE;
    for (Map.Entry<Path, Map<String, byte[]>> each : anew.entrySet()) {
      Change one = ClassApi.change(classes.getOrDefault(each.getKey(), Map.of()), each.getValue());
      if (one.compareTo(most) > 0) most = one;
    }
    return most;
  }

  /** Returns whether other sources see the same of these as before. */
  boolean isSeenAs(CompiledSources before) {
    return classes.entrySet().stream().allMatch(
        each -> ClassApi.change(before.classes.getOrDefault(each.getKey(), Map.of()), each.getValue()) == Change.NONE)
        && classes.keySet().equals(before.classes.keySet());
  }

  /** Returns sources, and all others that mention them, or mention one that does, and so on. */
  Set<Path> withDependents(Set<Path> sources) {
    Map<String, Path> home = new HashMap<>();
    classes.forEach((source, files) -> files.keySet().forEach(name -> home.put(name.replace('.', '/'), source)));
    Map<Path, Set<Path>> users = new HashMap<>();
    classes.forEach((source, files) -> files.values().forEach(file -> ClassApi.mentions(file).forEach(name -> {
      Path of = home.get(name);
      if (of != null) users.computeIfAbsent(of, _ -> new HashSet<>()).add(source);
    })));
    Set<Path> all = new HashSet<>(sources);
    Deque<Path> open = new ArrayDeque<>(sources);
    while (!open.isEmpty()) {
      for (Path user : users.getOrDefault(open.remove(), Set.of())) {
        if (all.add(user)) open.add(user);
      }
    }
    return all;
  }

  /** Returns what there is once some of the sources were compiled anew. */
  CompiledSources with(
      SourceSet newSet, Map<Path, String> newContents, Map<Path, Map<String, byte[]>> anew) {
    Map<Path, Map<String, byte[]>> merged = new HashMap<>(classes);
    merged.putAll(anew);
    return new CompiledSources(newSet, newContents, libraries, merged);
  }
}
