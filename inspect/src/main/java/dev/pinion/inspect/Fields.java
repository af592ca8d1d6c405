package dev.pinion.inspect;

import dev.pinion.PerInstance;
import dev.pinion.inspect.Obj.Foreign;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and writes of fields. */
final class Fields {
  /** What the JDK and libraries share among all who ask: threads, loggers, streams of the process. */
  static final Foreign GLOBAL = new Foreign("process", Object.class, Obj.Known.ANY);

  private final Types types;
  private final Heap heap;
  private final LiveObjects live;
  private final Initialization initialization;
  private final Data data;
  private final Findings findings;
  private final Trace trace;
  private final Set<Obj> kept = new HashSet<>();

  Fields(
      Types types, ClassFiles files, Heap heap, LiveObjects live, Initialization initialization, Findings findings,
      Trace trace) {
    this.types = types;
    this.heap = heap;
    this.live = live;
    this.initialization = initialization;
    this.data = new Data(types, files, heap, this::constants);
    this.findings = findings;
    this.trace = trace;
  }

  Data data() {
    return data;
  }

  Value get(Value receiver, Class<?> owner, String name) {
    Field field = find(owner, name);
    if (!types.isApps(field.getDeclaringClass())) return inside(receiver, field.getType());
    Value value = field.getType().isPrimitive() ? Value.OTHER : Value.NOTHING;
    for (Obj each : receiver.objects()) value = value.or(get(each, field));
    return value;
  }

  Value get(Obj object, Field field) {
    Class<?> type = Types.classOf(object).orElse(Void.class);
    if (object instanceof Obj.Unknown) return unknown(field);
    if (!field.getDeclaringClass().isAssignableFrom(type)) return Value.NOTHING;
    return kept(field, heap.field(object, key(field), () -> first(object, field)));
  }

  private Value first(Obj object, Field field) {
    if (object instanceof Obj.Live found) return live.field(found.identity().object(), field);
    if (object instanceof Obj.Made) return data.value(field.getGenericType());
    return field.getType().isPrimitive() ? Value.OTHER : Value.NOTHING;
  }

  /** Takes note of what is in a field that is meant to be of one function instance. */
  private Value kept(Field field, Value value) {
    if (isKept(field)) {
      kept.addAll(value.objects());
      value.objects().stream().filter(heap::isContainer).forEach(each -> kept.addAll(heap.inside(each)));
    }
    return value;
  }

  private static boolean isKept(Field field) {
    return field.isAnnotationPresent(PerInstance.class);
  }

  /** What a field of any object may hold. */
  private Value unknown(Field field) {
    Value value = Value.of(new Obj.Unknown(field.getType()));
    for (Obj each : heap.all()) {
      if (Types.classOf(each).filter(field.getDeclaringClass()::isAssignableFrom).isPresent()) {
        value = value.or(get(each, field));
      }
    }
    return value;
  }

  private Value inside(Value receiver, Class<?> type) {
    List<Obj> inside = new ArrayList<>();
    receiver.objects().stream().filter(heap::isContainer).forEach(each -> inside.addAll(heap.inside(each)));
    return types.narrow(Value.of(inside, true), type);
  }

  void put(Value receiver, Class<?> owner, String name, Value value) {
    Field field = find(owner, name);
    if (!types.isApps(field.getDeclaringClass())) {
      receiver.objects().stream().filter(heap::isContainer)
          .forEach(each -> heap.add(each, value.objects(), field.getType() != Object.class));
      return;
    }
    for (Obj each : receiver.objects()) {
      if (each instanceof Obj.Live && !isKept(field) && !kept.contains(each)) {
        findings.change(State.changed("field", name), trace.path());
      }
      store(each, field, value);
    }
  }

  /** Lets a field of an object hold a value. */
  void store(Obj object, Field field, Value value) {
    if (Types.classOf(object).isEmpty()) return;
    get(object, field);
    heap.store(object, key(field), value);
  }

  Value get(Class<?> owner, String name) {
    Field field = find(owner, name);
    Class<?> declaring = field.getDeclaringClass();
    if (!types.isApps(declaring)) {
      if (!types.isHolder(field.getType())) return Value.OTHER;
      return live.foreignStatic(field).orElse(Value.of(List.of(GLOBAL), true));
    }
    initialization.initialize(declaring);
    return kept(
        field,
        heap.global(key(field), () -> initialization.isDone(declaring) ? live.field(null, field) : initial(field)));
  }

  private Value initial(Field field) {
    return field.getType().isPrimitive() || field.getType() == String.class ? Value.OTHER : Value.NOTHING;
  }

  void put(Class<?> owner, String name, Value value) {
    Field field = find(owner, name);
    Class<?> declaring = field.getDeclaringClass();
    if (!types.isApps(declaring)) {
      heap.add(GLOBAL, value.objects(), true);
      return;
    }
    get(owner, name);
    if (!Modifier.isFinal(field.getModifiers()) && !trace.initializes() && !isKept(field)) {
      findings.change(State.changed("static field", name), trace.path());
    }
    heap.storeGlobal(key(field), value);
  }

  /** The constants of an enum. */
  Value constants(Class<?> type) {
    Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
    Value all = Value.NOTHING;
    for (Field each : declaring.getDeclaredFields()) {
      if (each.isEnumConstant()) all = all.or(get(declaring, each.getName()));
    }
    return all;
  }

  /** Takes note that a handler changes what outlives it, where it is an object that define has made. */
  void changes(Obj object) {
    if (kept.contains(object)) return;
    boolean collection = object instanceof Foreign foreign && State.isCollection(foreign.type());
    if (object instanceof Obj.State state) {
      findings.change(State.changed(state.identity().object()), trace.path());
    } else if ((collection || object instanceof Obj.Arr) && object.key() instanceof Obj.Identity(Object found)) {
      findings.change(State.changed(found), trace.path());
    } else if (collection && object.key() instanceof Site site && site.isInitializer() && !trace.initializes()) {
      findings.change(State.changed(((Foreign) object).type()), trace.path());
    }
  }

  private static String key(Field field) {
    return field.getDeclaringClass().getName() + "." + field.getName();
  }

  private static Field find(Class<?> owner, String name) {
    for (Class<?> each : Types.supertypes(owner)) {
      Optional<Field> found = declared(each, name);
      if (found.isPresent()) return found.get();
    }
    throw new GiveUp("field " + owner.getName() + "." + name + " cannot be found");
  }

  private static Optional<Field> declared(Class<?> type, String name) {
    try {
      return Optional.of(type.getDeclaredField(name));
    } catch (NoSuchFieldException e) {
      return Optional.empty();
    } catch (LinkageError e) {
      throw new GiveUp("class " + type.getName() + " cannot be read: " + e.getMessage());
    }
  }

}
