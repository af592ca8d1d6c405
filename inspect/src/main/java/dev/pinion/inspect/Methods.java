package dev.pinion.inspect;

import dev.pinion.inspect.Selection.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which methods calls run, and which methods of the app's objects code outside the app may call. */
final class Methods {
  private final Types types;
  private final ClassFiles files;
  private final Selection selection;
  private final Map<List<Object>, List<Entry>> entries = new HashMap<>();

  Methods(Types types, ClassFiles files) {
    this.types = types;
    this.files = files;
    this.selection = new Selection(files::declared);
  }

  /**
   * A method that code outside the app knows, and what runs when it calls it.
   *
   * @param known as it is declared outside the app
   * @param runs the app's method; null where it is the one that a lambda implements
   */
  record Entry(Declared known, @org.jspecify.annotations.Nullable Declared runs) {}

  Optional<Declared> resolve(Class<?> owner, String name, String descriptor) {
    return selection.resolve(owner, name, descriptor).method();
  }

  /** What an invokespecial or invokestatic runs. */
  Optional<Declared> call(Member member, Class<?> owner, Class<?> caller) {
    return selection.call(member, owner, caller, owner).method();
  }

  /** What runs in a class for a method that a call names. */
  Optional<Declared> select(Declared resolved, Class<?> receiver) {
    return selection.select(resolved, receiver).method();
  }

  /** What runs in the class of a lambda; empty where it is the lambda itself. */
  Optional<Declared> select(Declared resolved, Obj.Closure closure) {
    if (implemented(closure, resolved)) return Optional.empty();
    return selection.select(resolved, closure.interfaces()).method();
  }

  /** Whether a method is the one that a lambda implements. */
  static boolean implemented(Obj.Closure closure, Declared method) {
    return closure.method().equals(method.name()) && closure.descriptors().contains(method.descriptor())
        && !method.isPrivate() && !method.isStatic();
  }

  /**
   * The methods of an app's object that code outside the app may call: each that overrides one of a type of the JDK's
   * or a library's.
   *
   * @param element whether only those are meant that collections call of what they hold
   */
  List<Entry> entries(Obj object, boolean element) {
    if (object instanceof Obj.Closure closure) {
      return entries.computeIfAbsent(
          List.of(closure.interfaces(), closure.method(), closure.descriptors(), element), _ -> find(closure, element));
    }
    return Types.classOf(object)
        .map(type -> entries.computeIfAbsent(List.of(type, element), _ -> find(type, element)))
        .orElse(List.of());
  }

  private List<Entry> find(Class<?> type, boolean element) {
    Map<String, Entry> found = new LinkedHashMap<>();
    for (Class<?> each : Types.supertypes(type)) {
      for (Declared method : known(each, element)) {
        select(method, type).filter(runs -> types.isApps(runs.owner())).ifPresent(
            runs -> found.putIfAbsent(runs.owner().getName() + method.name() + method.descriptor(),
                new Entry(method, runs)));
      }
    }
    return List.copyOf(found.values());
  }

  private List<Entry> find(Obj.Closure closure, boolean element) {
    Map<String, Entry> found = new LinkedHashMap<>();
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> each : closure.interfaces()) all.addAll(Types.supertypes(each));
    for (Class<?> each : all) {
      for (Declared method : known(each, element)) {
        String key = method.name() + method.descriptor();
        if (implemented(closure, method)) found.putIfAbsent(key, new Entry(method, null));
        else {
          select(method, closure).filter(runs -> types.isApps(runs.owner()))
              .ifPresent(runs -> found.putIfAbsent(key, new Entry(method, runs)));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The methods that code outside the app knows by a type. */
  private List<Declared> known(Class<?> type, boolean element) {
    if (!types.isForeign(type) || (element && !ForeignCode.isKnownToCollections(type))) return List.of();
    return files.declared(type).stream()
        .filter(each -> !each.isStatic() && !each.isPrivate())
        .filter(each -> !each.name().startsWith("<"))
        .toList();
  }
}
