package dev.pinion.cli;

import dev.pinion.cli.ClassApi.Change;
import java.nio.file.Path;
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

  /**
   * Returns sources, and all others whose meaning may depend on members of their classes: those that mention one of
   * these, or a class that inherits from one.
   */
  Set<Path> withDependents(Set<Path> sources) {
    SourceUses uses = SourceUses.of(this, sources);
    Set<Path> all = new HashSet<>(sources);
    classes.forEach((source, files) -> {
      if (!all.contains(source) && uses.isUsedBy(source, files.values())) all.add(source);
    });
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
