package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes of fields. */
final class Fields {
  /** What the JDK and libraries share among all who ask: threads, loggers, streams of the process. */
  static final Foreign GLOBAL = new Foreign("global");

  private final Analysis analysis;

  Fields(Analysis analysis) {
    this.analysis = analysis;
  }

  Value get(Value receiver, String owner, String name) {
    Field field = find(owner, name);
    if (!analysis.types().isApps(field.getDeclaringClass())) return inside(receiver, field.getType());
    Value value = Value.NOTHING;
    for (Obj each : receiver.objects()) value = value.or(get(each, field));
    boolean unknown = receiver.other() && receiver.objects().isEmpty();
    return unknown ? value.or(get(new Obj.Made(field.getDeclaringClass()), field)) : value;
  }

  private Value get(Obj object, Field field) {
    return switch (object) {
      case Obj.Live live when field.getDeclaringClass().isAssignableFrom(live.type()) -> analysis.heap()
          .field(live, key(field), () -> analysis.live().field(live.identity().object(), field));
      case Obj.Fresh fresh when field.getDeclaringClass().isAssignableFrom(fresh.type()) -> analysis.heap()
          .field(fresh, key(field), () -> field.getType().isPrimitive() ? Value.OTHER : Value.NOTHING);
      case Obj.Made made when field.getDeclaringClass().isAssignableFrom(made.type()) -> analysis.heap()
          .field(made, key(field), () -> data(field.getGenericType()));
      default -> Value.NOTHING;
    };
  }

  /** What data of a type may be: objects of the app's classes that it names, and containers of them. */
  Value data(Type type) {
    Types types = analysis.types();
    if (type instanceof Class<?> plain && types.isApps(plain)) {
      return plain.isEnum() ? analysis.live().constants(plain) : Value.of(made(plain), false);
    }
    Class<?> raw = type instanceof Class<?> plain ? plain
        : type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    if (!types.isHolder(raw)) return Value.OTHER;
    Obj container =
        raw.isArray() ? new Obj.Arr("data " + type.getTypeName()) : new Foreign("data " + type.getTypeName());
    analysis.heap().add(container, inside(type, raw));
    return Value.of(List.of(container), true);
  }

  private List<Obj> inside(Type type, Class<?> raw) {
    List<Obj> inside = new ArrayList<>();
    if (raw.isArray()) inside.addAll(data(raw.componentType()).objects());
    if (type instanceof ParameterizedType generic) {
      for (Type each : generic.getActualTypeArguments()) inside.addAll(data(each).objects());
    }
    return inside;
  }

  /** A class and those below it, as far as they are the user's own. */
  List<Obj> made(Class<?> type) {
    List<Obj> all = new ArrayList<>(List.of(new Obj.Made(type)));
    for (Class<?> each : analysis.types().loader().ownClasses()) {
      if (each != type && type.isAssignableFrom(each) && !each.isEnum()) all.add(new Obj.Made(each));
    }
    return all;
  }

  private Value inside(Value receiver, Class<?> type) {
    List<Obj> inside = new ArrayList<>();
    receiver.objects().stream().filter(analysis.heap()::isContainer)
        .forEach(each -> inside.addAll(analysis.heap().inside(each)));
    return Value.of(inside, true).only(each -> analysis.types().fits(each, type));
  }

  void put(Value receiver, String owner, String name, Value value) {
    Field field = find(owner, name);
    if (!analysis.types().isApps(field.getDeclaringClass())) {
      receiver.objects().stream().filter(analysis.heap()::isContainer)
          .forEach(each -> analysis.heap().add(each, value.objects()));
      return;
    }
    for (Obj each : receiver.objects()) {
      if (each instanceof Obj.Live) analysis.findings().change(State.changed("field", name), analysis.path());
      if (Types.classOf(each).isPresent()) {
        get(each, field);
        analysis.heap().store(each, key(field), value);
      }
    }
  }

  Value get(String owner, String name) {
    Field field = find(owner, name);
    Class<?> declaring = field.getDeclaringClass();
    if (!analysis.types().isApps(declaring)) {
      return analysis.types().isHolder(field.getType()) ? Value.of(List.of(GLOBAL), true) : Value.OTHER;
    }
    analysis.calls().initialize(declaring);
    return analysis.heap().global(key(field), () -> analysis.calls().isInitialized(declaring)
        ? analysis.live().field(null, field)
        : field.getType().isPrimitive() ? Value.OTHER : Value.NOTHING);
  }

  void put(String owner, String name, Value value) {
    Field field = find(owner, name);
    Class<?> declaring = field.getDeclaringClass();
    if (!analysis.types().isApps(declaring)) {
      analysis.heap().add(GLOBAL, value.objects());
      return;
    }
    get(owner, name);
    if (!Modifier.isFinal(field.getModifiers())) {
      analysis.findings().change(State.changed("static field", name), analysis.path());
    }
    analysis.heap().storeGlobal(key(field), value);
  }

  private static String key(Field field) {
    return field.getDeclaringClass().getName() + "." + field.getName();
  }

  private Field find(String owner, String name) {
    for (Class<?> each : Types.supertypes(analysis.types().load(owner))) {
      Optional<Field> found = declared(each, name);
      if (found.isPresent()) return found.get();
    }
    throw new GiveUp("field " + owner + "." + name + " cannot be found");
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
