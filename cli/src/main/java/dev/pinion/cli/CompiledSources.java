package dev.pinion.cli;

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
  ApiChange change(Map<Path, Map<String, byte[]>> anew) {
    Map<String, byte[]> all = all();
    anew.values().forEach(all::putAll);
    ApiChange change = ApiChange.NONE;
    for (Map.Entry<Path, Map<String, byte[]>> each : anew.entrySet()) {
      change = change.and(ApiChange.of(classes.getOrDefault(each.getKey(), Map.of()), each.getValue(), all));
    }
    return change;
  }

  /** Returns whether other sources see the same of these as before. */
  boolean isSeenAs(CompiledSources before) {
    return classes.keySet().equals(before.classes.keySet()) && before.change(classes).isNone();
  }

  /**
   * Returns sources, and all others whose meaning may depend on members of their classes: those that mention one of
   * these, or a class that inherits from one, or that have the name of such a member.
   *
   * @param names of the members
   * @param texts what the sources hold
   */
  Set<Path> withDependents(Set<Path> sources, Set<String> names, SourceContents texts) {
    SourceUses uses = SourceUses.of(this, sources, names);
    Set<Path> all = new HashSet<>(sources);
    classes.forEach((source, files) -> {
      if (!all.contains(source) && uses.isUsedBy(texts.text(source), files.values())) all.add(source);
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
