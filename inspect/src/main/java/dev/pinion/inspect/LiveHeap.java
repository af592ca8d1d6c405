package dev.pinion.inspect;

import dev.pinion.inspect.ObjectFields.Held;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects that {@code define} has left behind: what those of the JDK and of libraries hold of the app's, found by a
 * walk of all their fields.
 */
final class LiveHeap {
  private static final int MOST_OBJECTS = 3_000_000;
  /** The index of an open jar: many objects, none of which is the app's. */
  private static final String ARCHIVE = "java.util.zip.ZipFile$Source";

  private final Types types;
  private final ObjectFields fields;
  private final ProcessRoots roots;
  private final ClassValues values;
  private final IdentityHashMap<Object, Contents> known = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Set<Object>> parts = new IdentityHashMap<>();
  private final Map<Class<?>, Boolean> functional = new HashMap<>();
  private @Nullable IdentityHashMap<Object, List<Object>> threadLocals;
  private @Nullable Contents process;

  LiveHeap(Types types, OpenedJdk jdk) {
    this.types = types;
    this.fields = new ObjectFields(jdk);
    this.roots = new ProcessRoots(fields);
    this.values = new ClassValues(types, fields);
  }

  /**
   * What is held.
   *
   * @param functions held by a type of their own, such as Comparator: their holder may call them
   * @param elements held as Object: the holder knows nothing of them
   */
  record Contents(Set<Object> functions, Set<Object> elements) {
    Contents() {
      this(Collections.newSetFromMap(new IdentityHashMap<>()), Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    void add(Object object, boolean function) {
      if (function) functions.add(object);
      else elements.add(object);
    }

    void addAll(Contents more) {
      functions.addAll(more.functions);
      elements.addAll(more.elements);
    }
  }

  /** What an object holds in the fields that classes outside the app declare, however deep. */
  Contents of(Object object) {
    Contents contents = known.get(object);
    if (contents == null) {
      contents = walk(fields.of(object, types::isApps), object, false);
      known.put(object, contents);
    }
    return contents;
  }

  /**
   * An object, and the collections, arrays and entries of maps in its fields that it may share with others, as a view
   * does with what it shows, and an entry with its map. What all of them share because nothing can change it is left
   * out.
   */
  Set<Object> parts(Object object) {
    Set<Object> all = parts.get(object);
    if (all != null) return all;
    all = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.put(object, all);
    Deque<Object> work = new ArrayDeque<>(List.of(object));
    while (!work.isEmpty()) {
      Object each = work.removeLast();
      if (!all.add(each)) continue;
      for (Held held : fields.of(each, types::isApps)) {
        Object part = held.object();
        if (part != null && isShared(each, held.type(), part) && !types.isFollowed(part)) work.add(part);
      }
    }
    return all;
  }

  /** Whether what an object has in a field of a type is a part of it, and not one of its elements. */
  private static boolean isShared(Object owner, Class<?> type, Object part) {
    if (owner instanceof Object[]) return part instanceof Map.Entry;
    if (owner instanceof Map.Entry && type == Object.class) return false;
    return ForeignCode.isChangeable(part);
  }

  /** What the process holds, which any code outside the app may call. */
  Contents process(Collection<Class<?>> libraries) {
    Contents contents = process;
    if (contents == null) {
      contents = walk(roots.all(libraries), this, true);
      for (List<Object> values : threadLocals().values()) {
        for (Object each : values) contents.addAll(walk(List.of(new Held(Object.class, each)), this, true));
      }
      process = contents;
    }
    return contents;
  }

  /** What a field holds. */
  @Nullable
  Object get(Field field, @Nullable Object object) {
    return fields.get(field, object);
  }

  boolean isInitialized(Class<?> type) {
    return fields.jdk().isInitialized(type);
  }

  private IdentityHashMap<Object, List<Object>> threadLocals() {
    IdentityHashMap<Object, List<Object>> all = threadLocals;
    if (all == null) {
      all = roots.threadLocals();
      threadLocals = all;
    }
    return all;
  }

  /** A reference that is still to be followed, and whether only collections lead to it. */
  private record Step(Held held, boolean collected) {}

  private Contents walk(List<Held> first, Object start, boolean ofProcess) {
    Contents contents = new Contents();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(start);
    Deque<Step> work = new ArrayDeque<>();
    push(first, ForeignCode.isCollection(start.getClass()), work);
    if (start instanceof ThreadLocal<?> variable) push(locals(variable), false, work);
    if (start instanceof ClassValue<?> variable) push(values.of(variable), false, work);
    while (!work.isEmpty()) {
      Step step = work.removeLast();
      Object object = step.held().object();
      if (object == null) continue;
      boolean element = step.held().type() == Object.class;
      if (!ofProcess && object instanceof String text && !types.names().in(text).isEmpty()) {
        contents.add(object, !element);
      }
      if (ObjectFields.isLeaf(object)) continue;
      if (isFollowed(object) || (!ofProcess && (isFunction(object.getClass()) || (element && step.collected())))) {
        contents.add(object, !element);
      }
      if (isEnd(object) || !seen.add(object)) continue;
      if (seen.size() > MOST_OBJECTS)
        throw new GiveUp("a " + start.getClass().getName() + " holds too much to be read");
      Contents shared = ofProcess ? null : known.get(object);
      if (shared != null) {
        contents.addAll(shared);
        continue;
      }
      boolean collects = object instanceof Object[] || ForeignCode.isCollection(object.getClass());
      push(fields.of(object, types::isApps), step.collected() && collects, work);
      if (object instanceof ThreadLocal<?> variable) push(locals(variable), false, work);
    }
    return contents;
  }

  private static void push(List<Held> all, boolean collected, Deque<Step> work) {
    all.forEach(each -> work.add(new Step(each, collected)));
  }

  private List<Held> locals(ThreadLocal<?> variable) {
    return threadLocals().getOrDefault(variable, List.of()).stream().map(each -> new Held(Object.class, each)).toList();
  }

  /** Whether an object is of the app's, or names something of the app's. */
  private boolean isFollowed(Object object) {
    if (object instanceof Class<?> type) return types.isApps(type);
    if (object instanceof Executable member) return types.isApps(member.getDeclaringClass());
    return isMethodOfApp(object) || types.isFollowed(object);
  }

  /** Whether an object is what a method handle has of a method of the app's. */
  boolean isMethodOfApp(Object object) {
    return object.getClass().getName().equals("java.lang.invoke.MemberName")
        && fields.of(object, _ -> false).stream()
            .anyMatch(each -> each.object() instanceof Class<?> type && types.isApps(type));
  }

  /** Whether the walk goes no further. An object of the app's has fields that are read when its code reads them. */
  private boolean isEnd(Object object) {
    Class<?> type = object.getClass();
    return object instanceof Class || object instanceof ClassLoader || object instanceof Module
        || object instanceof ModuleLayer || object instanceof java.lang.reflect.AnnotatedElement
        || (type.getName().startsWith("java.lang.invoke.") && !(object instanceof MethodHandle))
        || type.getName().startsWith("jdk.internal.classfile.") || type.getName().equals(ARCHIVE)
        || types.isFollowed(object) || types.isOfPinion(type)
        || types.isOfHost(type);
  }

  /** Whether objects of a class can be called as functions, so that it matters which they are. */
  private boolean isFunction(Class<?> type) {
    return functional.computeIfAbsent(type,
        each -> Types.supertypes(each).stream().anyMatch(LiveHeap::isNamedFunction));
  }

  private static boolean isNamedFunction(Class<?> type) {
    return type.isInterface() && (type.getName().startsWith("java.util.function.") || type == Runnable.class
        || type == java.util.Comparator.class || type == java.util.concurrent.Callable.class
        || (type.getAnnotation(FunctionalInterface.class) != null && type != Comparable.class));
  }
}
