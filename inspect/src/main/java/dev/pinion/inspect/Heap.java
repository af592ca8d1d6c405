package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Arr;
import dev.pinion.inspect.Obj.Foreign;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final Predicate<Obj> container;
  private boolean changed;

  /** Containers that may hold the same objects. */
  private static final class Group {
    final List<Obj> members = new ArrayList<>();
    final Set<Obj> objects = new LinkedHashSet<>();

    Group(Obj first) {
      members.add(first);
      objects.add(first);
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
      put(values, name, first.get());
      values.put(name + "'", Value.NOTHING);
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

  private Group group(Obj member) {
    return groups.computeIfAbsent(member, Group::new);
  }

  /** All that may be got from a container: what it holds, and what it may be part of. */
  Set<Obj> inside(Obj member) {
    return new LinkedHashSet<>(group(member).objects);
  }

  /** Lets a container hold objects, and be held by those that are containers themselves. */
  void add(Obj member, Iterable<Obj> objects) {
    Group group = group(member);
    for (Obj each : objects) {
      if (isContainer(each)) group = merge(group, group(each));
      else if (!(each instanceof Obj.Text) && group.objects.add(each)) changed = true;
    }
  }

  private Group merge(Group one, Group two) {
    if (one == two) return one;
    changed = true;
    boolean first = one.members.size() >= two.members.size();
    Group large = first ? one : two;
    Group small = first ? two : one;
    large.members.addAll(small.members);
    large.objects.addAll(small.objects);
    small.members.forEach(each -> groups.put(each, large));
    return large;
  }
}
