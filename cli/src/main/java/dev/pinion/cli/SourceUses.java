package dev.pinion.cli;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a source uses some classes, or classes that inherit from them. Its class files say so, and its text does: the
 * compiler copies constants, and leaves out code that never runs, so that class files do not mention what was used.
 *
 * @param types names of the classes, with slashes
 * @param words identifiers without one of which a text does not use them
 */
record SourceUses(Set<String> types, Set<String> words) {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{javaJavaIdentifierPart}]+");

  /** The use of what some sources declare. */
  static SourceUses of(CompiledSources all, Set<Path> sources) {
    Map<String, Set<String>> below = new HashMap<>();
    all.all().values().forEach(file -> inherits(ClassFile.of().parse(file), below));
    Set<String> types = new HashSet<>();
    Set<String> words = new HashSet<>();
    for (Path source : sources) {
      for (String name : all.classes().getOrDefault(source, Map.of()).keySet()) {
        types.add(name.replace('.', '/'));
        words.add(outermost(name));
      }
    }
    Deque<String> open = new ArrayDeque<>(types);
    while (!open.isEmpty()) {
      for (String each : below.getOrDefault(open.remove(), Set.of())) {
        if (!types.add(each)) continue;
        open.add(each);
        words.add(outermost(each));
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
    String simple = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1);
    int nested = simple.indexOf('$', 1);
    return nested < 0 ? simple : simple.substring(0, nested);
  }

  /** Returns whether a source, which was compiled to some class files, may use them. */
  boolean isUsedBy(Path source, Collection<byte[]> files) {
    return files.stream().anyMatch(file -> !Collections.disjoint(ClassApi.mentions(file), types)) || isNamedIn(source);
  }

  private boolean isNamedIn(Path source) {
    try {
      String text = Files.readString(source);
      return text.contains("\\u") || BETWEEN_WORDS.splitAsStream(text).anyMatch(words::contains);
    } catch (IOException e) {
      return true; // the compiler says what is wrong
    }
  }
}
