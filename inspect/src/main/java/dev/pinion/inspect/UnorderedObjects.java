package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Obj.Identity;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Immutable sets and maps of {@code define}, whose order is another at each start, with their views and streams; and
 * the calls whose outcome depends on that order.
 */
final class UnorderedObjects {
  private static final Set<String> CLASSES = Set.of(
      "java.util.ImmutableCollections$SetN",
      "java.util.ImmutableCollections$Set12",
      "java.util.ImmutableCollections$MapN");

  /** Methods that give a view of a collection, in the order that it has. */
  private static final Set<String> VIEWS = Set.of("keySet", "values", "entrySet", "stream", "parallelStream");
  /** Methods of a stream that give another one. */
  private static final Set<String> STEPS = Set.of(
      "asDoubleStream", "asLongStream", "boxed", "distinct", "dropWhile", "filter", "flatMap", "gather", "limit", "map",
      "mapMulti", "mapToDouble", "mapToInt", "mapToLong", "mapToObj", "onClose", "parallel", "peek", "sequential",
      "skip", "takeWhile");
  /** Methods of collections and streams whose outcome depends on the order, but for {@code collect}. */
  private static final Set<String> WALKS = Set.of(
      "findAny", "findFirst", "forEach", "forEachOrdered", "iterator", "reduce", "spliterator", "toArray", "toList",
      "toString");
  /** Classes whose methods and constructors keep the order of a collection that they are given. */
  private static final Set<String> KEEPING = Set.of(
      "java.util.List", "java.util.ArrayList", "java.util.ArrayDeque", "java.util.LinkedList",
      "java.util.LinkedHashSet", "java.util.LinkedHashMap");
  /** How the names of those methods begin. */
  private static final List<String> KEPT = List.of("<init>", "addAll", "copyOf", "putAll");
  /** How the names of static methods of collections begin that make a new one. */
  private static final List<String> MAKING = List.of("asList", "copyOf", "entry", "of");
  private static final Set<String> LOOKING = Set.of("containsAll", "disjoint", "equals", "removeAll", "retainAll");
  /** Static methods and methods of builders that make a text of what they are given. */
  private static final Map<String, Set<String>> TEXTS = Map.of(
      "java.lang.String", Set.of("format", "formatted", "join", "valueOf"),
      "java.lang.StringBuilder", Set.of("append", "insert"),
      "java.lang.StringBuffer", Set.of("append", "insert"),
      "java.util.Objects", Set.of("toString"));
  /** Collectors whose result does not depend on the order of what they are given. */
  private static final Set<String> COLLECTORS = Set.of(
      "averagingDouble", "averagingInt", "averagingLong", "counting", "maxBy", "minBy", "summarizingDouble",
      "summarizingInt", "summarizingLong", "summingDouble", "summingInt", "summingLong", "toMap", "toSet",
      "toUnmodifiableMap", "toUnmodifiableSet");

  private final Heap heap;
  /** The calls that have made them. */
  private final Set<Object> made = new HashSet<>();
  /** The calls that have made collectors that need no order. */
  private final Set<Object> collectors = new HashSet<>();
  /** The calls that have made collectors of unordered collections. */
  private final Set<Object> unorderedCollectors = new HashSet<>();

  UnorderedObjects(Heap heap) {
    this.heap = heap;
  }

  /** Looks at a call, and returns whether its outcome depends on an order that is another at each start. */
  boolean goesThrough(Member member, Class<?> owner, List<Value> operands, Site site) {
    if (member.is(Collectors.class, null)) return collector(member, site);
    if (isFactory(member) || gives(member, operands)) made.add(site);
    List<Value> arguments = operands.subList(operands.size() - member.type().parameterCount(), operands.size());
    if (member.kind() == Member.Kind.VIRTUAL && isUnordered(operands.getFirst())) {
      if (WALKS.contains(member.name())) return true;
      if (member.name().equals("collect")) return collects(arguments);
    }
    boolean kept = KEEPING.contains(owner.getName()) && KEPT.stream().anyMatch(member.name()::startsWith);
    boolean text = TEXTS.getOrDefault(member.owner(), Set.of()).contains(member.name());
    return (kept && arguments.stream().anyMatch(this::isUnordered)) || (text && operands.stream().anyMatch(this::has));
  }

  /** Whether a call gives a new object, and neither what it is called on nor what it is given. */
  static boolean makes(Member member) {
    if (member.kind() != Member.Kind.STATIC) {
      return member.name().equals("sorted") || VIEWS.contains(member.name()) || STEPS.contains(member.name());
    }
    return member.owner().startsWith("java.util.") && MAKING.stream().anyMatch(member.name()::startsWith);
  }

  /** Whether a call looks at the elements of its argument and keeps none of them. */
  static boolean looksOnly(Member member) {
    return LOOKING.contains(member.name());
  }

  private boolean collector(Member member, Site site) {
    if (COLLECTORS.contains(member.name())) collectors.add(site);
    if (member.name().startsWith("toUnmodifiable") && !member.name().endsWith("List")) unorderedCollectors.add(site);
    return false;
  }

  private boolean collects(List<Value> arguments) {
    return arguments.size() != 1 || !keys(arguments.getFirst()).stream().allMatch(collectors::contains);
  }

  private static List<Object> keys(Value value) {
    return value.objects().stream().map(Obj::key).toList();
  }

  private static boolean isFactory(Member member) {
    boolean named = member.name().startsWith("of") || member.name().equals("copyOf");
    if (member.kind() != Member.Kind.STATIC || !named) return false;
    int one = member.is(Set.class, null) ? 1 : member.is(Map.class, null) ? 2 : -1;
    boolean array = member.type().parameterCount() == 1 && (member.type().parameterType(0).isArray()
        || member.name().equals("copyOf"));
    return one > 0 && (array || member.type().parameterCount() > one);
  }

  /** Whether a call makes something unordered of something unordered. */
  private boolean gives(Member member, List<Value> operands) {
    if (operands.isEmpty()) return false;
    if (member.owner().equals("java.util.Collections")) {
      boolean wraps = member.name().startsWith("unmodifiable") || member.name().startsWith("synchronized");
      return wraps && isUnordered(operands.getFirst());
    }
    if (member.kind() != Member.Kind.VIRTUAL) return false;
    if (member.name().equals("collect")) {
      return operands.stream().skip(1).anyMatch(each -> keys(each).stream().anyMatch(unorderedCollectors::contains));
    }
    return (VIEWS.contains(member.name()) || STEPS.contains(member.name())) && isUnordered(operands.getFirst());
  }

  private boolean has(Value value) {
    return isUnordered(value) || value.objects().stream().filter(Obj.Arr.class::isInstance)
        .anyMatch(each -> heap.inside(each).stream().anyMatch(this::isUnordered));
  }

  private boolean isUnordered(Value value) {
    return value.objects().stream().anyMatch(this::isUnordered);
  }

  private boolean isUnordered(Obj object) {
    return object instanceof Foreign foreign && (made.contains(foreign.key())
        || (foreign.key() instanceof Identity(Object live) && CLASSES.contains(live.getClass().getName())
            && (live instanceof Collection<?> all ? all.size() : ((Map<?, ?>) live).size()) > 1));
  }
}
