package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Arr;
import dev.pinion.inspect.Obj.Foreign;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What objects hold, whatever the order of the stores. It only grows.
 *
 * <p>The app's own objects have fields. Objects of classes that are not analysed, and arrays, form groups: whatever has
 * ever been in one call together may hold the others, and may be got from any of them.
 */
final class Heap {
  private final Map<Obj, Map<String, Value>> fields = new HashMap<>();
  private final Map<String, Value> statics = new HashMap<>();
  private final Map<Obj, Group> groups = new HashMap<>();
  private final Map<Obj, Runnable> unread = new LinkedHashMap<>();
  private final Set<Obj> all = new LinkedHashSet<>();
  private final Predicate<Obj> container;
  private boolean changed;
  private int version;

  /** Containers that may hold the same objects. */
  private static final class Group {
    final List<Obj> members = new ArrayList<>();
    final Set<Obj> held = new LinkedHashSet<>();
    final Set<Obj> functions = new LinkedHashSet<>();

    Group(Obj first) {
      members.add(first);
    }
  }

  /**
   * An empty heap.
   *
   * @param container whether an object of the app's own is a container too, as its class extends one
   */
  Heap(Predicate<Obj> container) {
    this.container = container;
  }

  /** Whether something has been added since this was asked last. */
  boolean grew() {
    boolean grew = changed;
    changed = false;
    return grew;
  }

  void grow() {
    changed = true;
  }

  /** Changes whenever containers get something, or meet. */
  int version() {
    return version;
  }

  private void fill() {
    changed = true;
    version++;
  }

  /** Takes note of an object that exists. */
  void exists(Obj object) {
    if (all.add(object)) changed = true;
  }

  /** Everything of the app's that is known to exist. */
  List<Obj> all() {
    return List.copyOf(all);
  }

  Value field(Obj object, String name, Supplier<Value> first) {
    return get(fields.computeIfAbsent(object, _ -> new HashMap<>()), name, first);
  }

  void store(Obj object, String name, Value value) {
    put(fields.computeIfAbsent(object, _ -> new HashMap<>()), name, value);
  }

  Value global(String name, Supplier<Value> first) {
    return get(statics, name, first);
  }

  void storeGlobal(String name, Value value) {
    put(statics, name, value);
  }

  private Value get(Map<String, Value> values, String name, Supplier<Value> first) {
    Value known = values.get(name);
    if (known == null || !values.containsKey(name + "'")) {
      values.put(name + "'", Value.NOTHING);
      put(values, name, first.get());
    }
    return values.getOrDefault(name, Value.NOTHING);
  }

  private void put(Map<String, Value> values, String name, Value value) {
    Value known = values.getOrDefault(name, Value.NOTHING);
    if (known.includes(value)) return;
    values.put(name, known.or(value));
    changed = true;
  }

  boolean isContainer(Obj object) {
    return object instanceof Foreign || object instanceof Arr || container.test(object);
  }

  /** Lets a container be filled when it is used for the first time. */
  void whenUsed(Obj container, Runnable fill) {
    if (!groups.containsKey(container)) unread.put(container, fill);
    else fill.run();
  }

  /** Whether a container has met others, been asked or been changed. */
  boolean isUsed(Obj container) {
    return groups.containsKey(container);
  }

  /** Uses all containers. */
  void useAll() {
    while (!unread.isEmpty()) group(unread.keySet().iterator().next());
  }

  private Group group(Obj member) {
    Group known = groups.get(member);
    if (known != null) return known;
    groups.put(member, new Group(member));
    Runnable fill = unread.remove(member);
    if (fill != null) fill.run();
    return java.util.Objects.requireNonNull(groups.get(member));
  }

  /** All that may be got from a container. */
  Set<Obj> inside(Obj member) {
    return new LinkedHashSet<>(group(member).held);
  }

  /** Those of what is inside a container that it holds by a type of their own, and so may call. */
  Set<Obj> functions(Obj member) {
    return new LinkedHashSet<>(group(member).functions);
  }

  /** Lets a container hold objects that it does not call, but by the methods that all objects have. */
  void add(Obj member, Collection<Obj> objects) {
    add(member, objects, false);
  }

  /**
   * Lets a container hold objects. What is inside of those that are containers may be got from it as well.
   *
   * @param functions whether it may call them
   */
  void add(Obj member, Collection<Obj> objects, boolean functions) {
    group(member);
    for (Obj each : objects) {
      if (each instanceof Obj.State || each instanceof Obj.Choice) continue;
      if (isContainer(each)) join(member, each);
      Group group = group(member);
      if (group.held.add(each)) fill();
      if (functions && group.functions.add(each)) fill();
    }
  }

  /** Lets two containers hold the same objects. */
  void join(Obj one, Obj two) {
    group(one);
    group(two); // which may fill it, and join it to the first
    merge(group(one), group(two));
  }

  private void merge(Group one, Group two) {
    if (one == two) return;
    boolean first = one.members.size() >= two.members.size();
    Group large = first ? one : two;
    Group small = first ? two : one;
    if (!large.held.equals(small.held) || !large.functions.equals(small.functions)) fill();
    large.members.addAll(small.members);
    large.held.addAll(small.held);
    large.functions.addAll(small.functions);
    small.members.forEach(each -> groups.put(each, large));
  }
}
