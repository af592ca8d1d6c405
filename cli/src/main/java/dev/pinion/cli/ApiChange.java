package dev.pinion.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How classes have changed for those that use them.
 *
 * @param shape whether any class may have to be compiled again
 * @param names otherwise what code calls the members that are new, gone or different: a member that is gone uncovers
 *     another one of its name, and a new one covers it. Whatever may use one has to be compiled again
 */
record ApiChange(boolean shape, Set<String> names) {
  /** Only code has changed, and what is private and hides nothing. */
  static final ApiChange NONE = new ApiChange(false, Set.of());
  private static final ApiChange SHAPE = new ApiChange(true, Set.of());
  /** Code uses these without their names. */
  private static final Set<String> IMPLICIT = Set.of("close");

  ApiChange {
    names = Set.copyOf(names);
  }

  /**
   * Compares the classes of a source before and after a change of it.
   *
   * @param all class files by name, among which their supertypes are found
   */
  static ApiChange of(Map<String, byte[]> before, Map<String, byte[]> after, Map<String, byte[]> all) {
    if (before.equals(after)) return NONE; // the same arrays
    Map<String, ClassApi> old = ClassApi.of(before);
    Map<String, ClassApi> fresh = ClassApi.of(after);
    if (!old.keySet().equals(fresh.keySet())) return SHAPE;
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, ClassApi> each : fresh.entrySet()) {
      ClassApi was = old.getOrDefault(each.getKey(), each.getValue());
      ClassApi is = each.getValue();
      if (!was.shape().equals(is.shape())) return SHAPE;
      names.addAll(difference(was.members(), is.members()));
      difference(was.hidden(), is.hidden()).stream().filter(name -> inherits(file(each.getKey(), all), name, all))
          .forEach(names::add);
    }
    return names.stream().anyMatch(IMPLICIT::contains) ? SHAPE : new ApiChange(false, names);
  }

  private static Set<String> difference(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new HashSet<>();
    one.forEach((member, name) -> {
      if (!other.containsKey(member)) names.add(name);
    });
    other.forEach((member, name) -> {
      if (!one.containsKey(member)) names.add(name);
    });
    return names;
  }

  /** Returns whether a class may inherit a member of a name. */
  private static boolean inherits(Optional<ClassModel> type, String name, Map<String, byte[]> all) {
    return type.isEmpty() || Stream.concat(type.get().superclass().stream(), type.get().interfaces().stream())
        .map(ClassEntry::asInternalName).anyMatch(each -> {
          Optional<ClassModel> above = file(each.replace('/', '.'), all);
          return above.isEmpty() || ClassApi.declares(above.get(), name) || inherits(above, name, all);
        });
  }

  /** Returns a class among some or of the JDK; empty if it is another library's. */
  private static Optional<ClassModel> file(String name, Map<String, byte[]> all) {
    if (all.containsKey(name)) return Optional.of(ClassFile.of().parse(all.get(name)));
    if (!name.startsWith("java.")) return Optional.empty();
    try (InputStream file = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
      return file == null ? Optional.empty() : Optional.of(ClassFile.of().parse(file.readAllBytes()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean isNone() {
    return !shape && names.isEmpty();
  }

  /** Returns this change and another one. */
  ApiChange and(ApiChange other) {
    Set<String> both = new HashSet<>(names);
    both.addAll(other.names);
    return new ApiChange(shape || other.shape, both);
  }
}
