package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Obj.Made;
import dev.pinion.inspect.Selection.Declared;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What libraries do by reflection with what they are given: they make objects of classes, and call constructors,
 * accessors, methods that have an annotation, and those that serialization knows.
 */
final class LibraryReflection {
  private static final Set<String> SERIALIZATION = Set.of(
      "writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");
  private static final Set<String> FACTORIES = Set.of("valueOf", "fromString", "of", "parse", "create", "from");
  private static final List<String> ACCESSORS = List.of("get", "is", "set", "with", "add", "has");

  private final Types types;
  private final ClassFiles files;
  private final Heap heap;
  private final Fields fields;
  private final Data data;
  private final Initialization initialization;
  private final Callbacks callbacks;
  private final BiConsumer<Obj.Resource, Class<?>> handedOver;
  private final Consumer<Class<?>> madeOfAny;
  private final Set<Class<?>> making = new HashSet<>();

  /**
   * Reflection.
   *
   * @param handedOver gets a resource that a library is given, and the library's class
   * @param madeOfAny gets an abstract class of whose subclasses the data names one
   */
  LibraryReflection(
      Types types, ClassFiles files, Heap heap, Fields fields, Data data, Initialization initialization,
      Callbacks callbacks, BiConsumer<Obj.Resource, Class<?>> handedOver, Consumer<Class<?>> madeOfAny) {
    this.types = types;
    this.files = files;
    this.heap = heap;
    this.fields = fields;
    this.data = data;
    this.initialization = initialization;
    this.callbacks = callbacks;
    this.handedOver = handedOver;
    this.madeOfAny = madeOfAny;
  }

  /**
   * Lets a library use what it has, and what it is given now.
   *
   * @param site the call; texts of its class may name methods
   */
  void use(Foreign here, List<Value> arguments, Class<?> owner, Site site) {
    for (Value each : arguments) {
      for (Obj object : each.objects()) {
        if (object instanceof Obj.Resource resource) handedOver.accept(resource, owner);
        if (object instanceof Obj.Arr) {
          heap.inside(object).forEach(inside -> {
            if (inside instanceof Obj.Resource resource) handedOver.accept(resource, owner);
          });
        }
      }
    }
    for (Obj each : heap.inside(here)) {
      each.ofApp().ifPresent(type -> object(each, type, here, names(site)));
      if (each instanceof Obj.Type(Class<?> type)) make(type, here);
      if (each instanceof Obj.Text(String text)) types.names().in(text).forEach(name -> make(types.load(name), here));
      if (each instanceof Obj.Reflected(var method)) reflected(method, here);
    }
  }

  private Set<String> names(Site site) {
    return site.code() == null ? Set.of() : files.words(site.code().owner());
  }

  /** Lets the classes be got that annotations of classes and their members name. */
  void nameAnnotated(Foreign here, Set<Obj> receivers) {
    for (Obj each : receivers) {
      if (!(each instanceof Obj.Type(Class<?> type))) continue;
      for (Class<?> other : files.namedByAnnotations(type)) heap.add(here, List.of(new Obj.Type(other)));
    }
  }

  private void reflected(java.lang.reflect.Method method, Foreign here) {
    files.of(method).ifPresent(declared -> {
      for (Obj each : heap.inside(here)) {
        if (Types.classOf(each).filter(method.getDeclaringClass()::isAssignableFrom).isPresent()) {
          callbacks.call(each, declared, here);
        }
      }
    });
  }

  /** An object: its accessors are called, its fields are read, and the types that it is generic in are made. */
  private void object(Obj object, Class<?> type, Foreign here, Set<String> names) {
    for (Class<?> each : Types.supertypes(type)) {
      if (!types.isApps(each)) continue;
      Set<String> components = components(each);
      for (Declared method : files.declared(each)) {
        if (method.isStatic() || method.isAbstract() || method.name().startsWith("<")) continue;
        if (isUsed(method, components) || names.contains(method.name())) callbacks.call(object, method, here);
      }
      named(each.getGenericSuperclass(), here);
      for (Type inner : each.getGenericInterfaces()) named(inner, here);
    }
    read(object, type, here);
  }

  private void named(Type type, Foreign here) {
    if (!(type instanceof ParameterizedType generic)) return;
    for (Type each : generic.getActualTypeArguments()) {
      make(Data.raw(each), here);
      named(each, here);
    }
  }

  private static Set<String> components(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    RecordComponent[] all = type.getRecordComponents();
    for (int i = 0; all != null && i < all.length; i++) names.add(all[i].getName());
    return names;
  }

  private boolean isUsed(Declared method, Set<String> components) {
    String name = method.name();
    boolean accessor = ACCESSORS.stream().anyMatch(
        each -> name.startsWith(each) && name.length() > each.length()
            && !Character.isLowerCase(name.charAt(each.length())));
    return accessor || SERIALIZATION.contains(name) || isAnnotated(method)
        || (components.contains(name) && method.descriptor().startsWith("()"));
  }

  private boolean isAnnotated(Declared method) {
    return files.file(method.owner()).stream().map(ClassModel::methods).flatMap(List::stream)
        .filter(each -> each.methodName().equalsString(method.name())
            && each.methodType().equalsString(method.descriptor()))
        .anyMatch(each -> !Annotations.of(each).isEmpty());
  }

  /** Lets what is in fields of an object be got. */
  private void read(Obj object, Class<?> type, Foreign here) {
    for (Field each : instanceFields(type)) {
      heap.add(here, fields.get(object, each).objects());
    }
  }

  /** Lets what is held be put into fields of the objects that are held, and got from there. */
  void exchangeFields(Foreign here) {
    for (Obj object : heap.inside(here)) {
      Types.classOf(object).ifPresent(type -> {
        for (Field each : instanceFields(type)) {
          Value held = types.narrow(Value.of(heap.inside(here), true), each.getType());
          fields.store(object, each, held.only(inside -> !inside.equals(object)));
        }
        read(object, type, here);
      });
    }
  }

  private List<Field> instanceFields(Class<?> type) {
    List<Field> all = new ArrayList<>();
    for (Class<?> each : Types.supertypes(type)) {
      if (!types.isApps(each)) continue;
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) all.add(field);
      }
    }
    return all;
  }

  /** Lets a class be made of data or by a library: its constructors and those of its components run. */
  void make(Class<?> type, Foreign here) {
    if (!types.isApps(type) || !making.add(type)) return;
    try {
      if (type.isEnum()) heap.add(here, fields.constants(type).objects());
      for (Class<?> other : files.namedByAnnotations(type)) make(other, here);
      Set<Class<?>> classes = data.classes(type);
      for (Class<?> each : classes) {
        if (each == type && !type.isEnum()) instance(each, here);
        else make(each, here);
      }
      if (classes.isEmpty() && files.file(type).filter(file -> leavesOpen(file, type, here)).isPresent()) {
        makeAny(type, here);
      }
    } finally {
      making.remove(type);
    }
  }

  /**
   * Whether annotations may leave it to data which class below a type is made. They do not where the library has such
   * classes, as those that were registered, unless they say that data names classes.
   */
  private boolean leavesOpen(AttributedElement annotated, Class<?> type, Foreign here) {
    if (Annotations.of(annotated).isEmpty()) return false;
    return Annotations.leavesTheClassToData(annotated) || heap.inside(here).stream()
        .noneMatch(each -> each instanceof Obj.Type(Class<?> known) && known != type && type.isAssignableFrom(known));
  }

  private boolean leavesOpen(Field field, Foreign here) {
    return files.file(field.getDeclaringClass()).stream().flatMap(file -> file.fields().stream())
        .filter(each -> each.fieldName().equalsString(field.getName()))
        .anyMatch(each -> leavesOpen(each, field.getType(), here));
  }

  /**
   * Lets any class be made that fits an abstract one: an annotation may say that the data names it. An annotated type
   * below which there is none may say it for the others that the library has, as a mix-in does.
   */
  private void makeAny(Class<?> type, Foreign here) {
    if (!types.isApps(type) || !data.classes(type).isEmpty()) return;
    boolean made = makeFitting(type, here);
    if (!made && files.file(type).filter(Annotations::leavesTheClassToData).isPresent()) {
      for (Obj each : heap.inside(here)) {
        if (each instanceof Obj.Type(Class<?> other) && types.isApps(other) && data.classes(other).isEmpty()) {
          makeFitting(other, here);
        }
      }
    }
  }

  private boolean makeFitting(Class<?> type, Foreign here) {
    List<Class<?>> fitting = types.loader().ownClasses().stream()
        .filter(each -> type.isAssignableFrom(each) && !Modifier.isAbstract(each.getModifiers()))
        .toList();
    if (!fitting.isEmpty()) madeOfAny.accept(type);
    fitting.forEach(each -> make(each, here));
    return !fitting.isEmpty();
  }

  private void instance(Class<?> type, Foreign here) {
    initialization.initialize(type);
    Made made = new Made(type);
    heap.exists(made);
    heap.add(here, List.of(made));
    for (Field field : instanceFields(type)) {
      component(field.getGenericType(), here);
      if (leavesOpen(field, here)) makeAny(field.getType(), here);
      if (!types.isHolder(field.getType()) || types.isApps(field.getType()) || types.isFunctional(field.getType())) {
        fields.store(made, field, types.narrow(Value.of(heap.inside(here), true), field.getType()));
      }
    }
    for (Constructor<?> each : type.getDeclaredConstructors()) construct(made, each, here);
    for (Declared each : files.declared(type)) {
      if (each.isStatic() && (FACTORIES.contains(each.name()) || isAnnotated(each))) {
        callbacks.call(each, arguments(each, here), here);
      }
    }
  }

  private void component(Type type, Foreign here) {
    make(Data.raw(type), here);
    named(type, here);
  }

  private void construct(Made made, Constructor<?> constructor, Foreign here) {
    List<Value> arguments = new ArrayList<>(List.of(Value.of(made)));
    Type[] generic = constructor.getGenericParameterTypes();
    Class<?>[] plain = constructor.getParameterTypes();
    for (int i = 0; i < plain.length; i++) {
      Type type = generic.length == plain.length ? generic[i] : plain[i];
      component(type, here);
      arguments.add(argument(type, plain[i], here));
    }
    MethodTypeDesc type = java.lang.invoke.MethodType.methodType(void.class, plain).describeConstable().orElseThrow();
    files.constructor(made.type(), type).ifPresent(each -> callbacks.call(each, arguments, here));
  }

  private List<Value> arguments(Declared method, Foreign here) {
    List<Value> all = new ArrayList<>();
    for (ClassDesc each : MethodTypeDesc.ofDescriptor(method.descriptor()).parameterList()) {
      Class<?> type = types.load(each);
      all.add(argument(type, type, here));
    }
    return all;
  }

  /** What a parameter gets: data of its type, and what the library has of it. */
  private Value argument(Type generic, Class<?> type, Foreign here) {
    if (type.isPrimitive()) return Value.OTHER;
    return data.value(generic).or(types.narrow(Value.of(heap.inside(here), false), type));
  }
}
