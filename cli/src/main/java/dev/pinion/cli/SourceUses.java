package dev.pinion.cli;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a source uses members of some classes, or of classes that inherit from them. Its class files say so, and its
 * text does: the compiler copies constants, leaves out code that never runs, and chooses between methods, so that class
 * files do not mention what was used, or what would be used after a change.
 *
 * @param types names of the classes, with slashes
 * @param words identifiers without one of which a text does not use them
 */
record SourceUses(Set<String> types, Set<String> words) {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{javaJavaIdentifierPart}]+");

  /**
   * The use of what some sources declare.
   *
   * @param names of the members in question
   */
  static SourceUses of(CompiledSources all, Set<Path> sources, Set<String> names) {
    Map<String, Set<String>> below = new HashMap<>();
    all.all().values().forEach(file -> inherits(ClassFile.of().parse(file), below));
    Set<String> types = new HashSet<>();
    Set<String> words = new HashSet<>(names);
    for (Path source : sources) {
      for (String name : all.classes().getOrDefault(source, Map.of()).keySet()) {
        types.add(name.replace('.', '/'));
        words.add(outermost(name));
        words.add(simple(name));
      }
    }
    Deque<String> open = new ArrayDeque<>(types);
    while (!open.isEmpty()) {
      for (String each : below.getOrDefault(open.remove(), Set.of())) {
        if (!types.add(each)) continue;
        open.add(each);
        words.add(outermost(each));
        words.add(simple(each));
        words.add(each.substring(Math.max(each.lastIndexOf('/'), each.lastIndexOf('$')) + 1));
      }
    }
    return new SourceUses(types, words);
  }

  private static void inherits(ClassModel file, Map<String, Set<String>> below) {
    Stream.concat(file.superclass().stream(), file.interfaces().stream()).map(ClassEntry::asInternalName)
        .forEach(each -> below.computeIfAbsent(each, _ -> new HashSet<>()).add(file.thisClass().asInternalName()));
  }

  /** Returns the simple name of the class that a class is declared in, or of itself. */
  private static String outermost(String name) {
    String simple = simple(name);
    int nested = simple.indexOf('$', 1);
    return nested < 0 ? simple : simple.substring(0, nested);
  }

  private static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
  }

  /**
   * Returns whether a source may use them.
   *
   * @param text what it holds; empty if that is not known
   * @param files what it was compiled to
   */
  boolean isUsedBy(Optional<String> text, Collection<byte[]> files) {
    return files.stream().anyMatch(file -> !Collections.disjoint(ClassApi.mentions(file), types))
        || text.isEmpty() || isNamedIn(text.get());
  }

  /** The compiler reads escapes, and overlooks some characters within words. */
  private boolean isNamedIn(String text) {
    return text.contains("\\u") || text.chars().anyMatch(Character::isIdentifierIgnorable)
        || BETWEEN_WORDS.splitAsStream(text).anyMatch(words::contains);
  }
}
