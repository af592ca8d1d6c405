package dev.pinion.inspect;

import dev.pinion.inspect.Instructions.Site;
import dev.pinion.inspect.Obj.Closure;
import dev.pinion.inspect.Obj.Foreign;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls of code that is not analysed, the JDK's and that of libraries that do not know Pinion.
 *
 * <p>Such code may keep all that it is given in any container that it is given, give it back, and call those methods of
 * it that it knows: a lambda's, and what overrides a method of its own. A library may also call any other method of an
 * object of the app's that it is given, by reflection.
 */
final class ForeignCalls {
  private static final Set<String> REFLECTION = Set.of(
      "java.lang.reflect.Method.invoke",
      "java.lang.reflect.Constructor.newInstance",
      "java.lang.reflect.Field.get",
      "java.lang.reflect.Field.set",
      "java.lang.reflect.Proxy.newProxyInstance",
      "java.lang.Class.newInstance",
      "java.lang.invoke.MethodHandle.invoke",
      "java.lang.invoke.MethodHandle.invokeExact",
      "java.lang.invoke.MethodHandle.invokeWithArguments",
      "java.lang.invoke.MethodHandleProxies.asInterfaceInstance",
      "java.io.ObjectInputStream.readObject",
      "java.io.ObjectInputStream.readUnshared",
      "java.util.ServiceLoader.load",
      "java.lang.System.load",
      "java.lang.System.loadLibrary");
  private static final List<String> FACTORIES = List.of("java.util.", "java.nio.file.");

  private final Analysis analysis;
  private final Types types;
  private final Heap heap;
  private final Map<List<Object>, Value> results = new HashMap<>();
  private final Set<List<Object>> called = new HashSet<>();

  ForeignCalls(Analysis analysis) {
    this.analysis = analysis;
    this.types = analysis.types();
    this.heap = analysis.heap();
  }

  Value call(Member member, Class<?> owner, List<Value> operands, Site site, boolean library) {
    if (isReflection(member, owner)) {
      String reason = "it calls " + owner.getName() + "." + member.name() + ", and what that reaches cannot be known";
      analysis.findings().giveUp(reason, analysis.path());
      return Value.OTHER;
    }
    if (owner == Objects.class && member.name().startsWith("requireNonNull") && operands.size() == 1) {
      return operands.getFirst();
    }
    if (isPlainConstructor(member, owner)) return Value.NOTHING;
    if (owner == Enum.class && member.name().equals("valueOf")) return constants(operands.getFirst());
    if (member.kind() == Member.Kind.VIRTUAL && State.isMutator(member.name())) {
      operands.getFirst().objects().forEach(analysis.calls()::changes);
    }
    Set<Obj> given = new LinkedHashSet<>();
    operands.forEach(each -> given.addAll(each.objects()));
    given.removeIf(each -> each instanceof Obj.Text || each instanceof Obj.State);
    boolean shared = isShared(member, owner, operands);
    Class<?> type = types.load(member.type().returnType());
    if (given.isEmpty() && !types.isHolder(type)) return Value.OTHER;
    Foreign here = shared ? Fields.GLOBAL : new Foreign(site);
    if (analysis.isDefinition()) run(here, given, called(member, operands));
    else exchange(here, given, library, owner);
    return given(here, type);
  }

  private static boolean isPlainConstructor(Member member, Class<?> owner) {
    return member.name().equals(Member.CONSTRUCTOR)
        && (owner == Object.class || owner == Record.class || owner == Enum.class);
  }

  private static boolean isReflection(Member member, Class<?> owner) {
    return REFLECTION.contains(owner.getName() + "." + member.name())
        || owner.getName().equals("java.lang.invoke.VarHandle") || owner.getName().equals("sun.misc.Unsafe");
  }

  /** Whether the result is nobody's own: of a static method that is no factory, or of an unknown object. */
  private boolean isShared(Member member, Class<?> owner, List<Value> operands) {
    if (member.kind() == Member.Kind.STATIC) return !isFactory(owner.getName());
    Value receiver = operands.getFirst();
    return receiver.objects().isEmpty() && receiver.other() && types.isHolder(owner) && owner != Object.class;
  }

  private static boolean isFactory(String owner) {
    return FACTORIES.stream().anyMatch(owner::startsWith) && !owner.startsWith("java.util.logging.")
        && !owner.equals("java.util.concurrent.ForkJoinPool");
  }

  /** Lets all that meet in a call hold and call each other. */
  void exchange(Foreign here, Set<Obj> given, boolean reflective, Class<?> owner) {
    heap.add(here, given);
    heap.add(here, constants(Value.of(given, false)).objects());
    for (Obj each : heap.inside(here)) {
      if (reflective) reflect(each, here, owner);
      callBack(each, here, reflective);
    }
  }

  /** The constants of an enum, which methods such as EnumSet.allOf get by its class. */
  private Value constants(Value types) {
    Value all = Value.NOTHING;
    for (Obj each : types.objects()) {
      if (each instanceof Obj.Type(Class<?> type) && type.isEnum()) all = all.or(analysis.live().constants(type));
    }
    return all;
  }

  /**
   * The same for define, which hands over handlers, often in collections: what is called is only what a method takes as
   * a function.
   */
  private void run(Foreign here, Set<Obj> given, Set<Obj> called) {
    heap.add(here, given);
    called.forEach(each -> callBack(each, here, false));
  }

  private Set<Obj> called(Member member, List<Value> operands) {
    Set<Obj> called = new LinkedHashSet<>();
    int receiver = operands.size() - member.type().parameterCount();
    for (int i = receiver; i < operands.size(); i++) {
      Class<?> type = types.load(member.type().parameterType(i - receiver));
      if (Types.isFunctional(type)) called.addAll(operands.get(i).objects());
    }
    return called;
  }

  /** What a call gives back: anything that is in its container, and the container. */
  private Value given(Foreign here, Class<?> type) {
    if (type == void.class) return Value.NOTHING;
    Set<Obj> all = new LinkedHashSet<>(Set.of(here));
    all.addAll(heap.inside(here));
    return Value.of(all, true).only(each -> types.fits(each, type));
  }

  private void callBack(Obj object, Foreign here, boolean reflective) {
    if (object instanceof Closure closure) {
      if (reflective || types.isForeignFunction(closure)) {
        List<Value> arguments = anything(closure, here);
        heap.add(here, given(closure, arguments, () -> analysis.calls().call(closure, arguments)).objects());
      }
      return;
    }
    Types.classOf(object).filter(types::isApps).ifPresent(type -> {
      for (Method each : types.callable(type, reflective)) {
        List<Value> arguments =
            Arrays.stream(each.getParameterTypes()).map(parameter -> anything(here, parameter)).toList();
        Value result = analysis.maybe(() -> analysis.calls().callBack(object, each, arguments));
        heap.add(here, result.objects());
      }
    });
  }

  /**
   * What a lambda gives that is called back. It may be called while it is called, as one that is handed to itself: then
   * it gives what it was found to give before, and another pass is made if that was too little.
   */
  private Value given(Closure closure, List<Value> arguments, Supplier<Value> call) {
    List<Object> key = List.of(closure, arguments);
    Value known = results.getOrDefault(key, Value.NOTHING);
    if (!called.add(key)) return known;
    Value result = analysis.maybe(call);
    called.remove(key);
    if (!known.includes(result)) {
      results.put(key, known.or(result));
      heap.grow();
    }
    return known.or(result);
  }

  private List<Value> anything(Closure closure, Foreign here) {
    List<Class<?>> all = new ArrayList<>();
    Member target = closure.target();
    if (target.kind() == Member.Kind.VIRTUAL || target.kind() == Member.Kind.SPECIAL) {
      all.add(types.load(target.owner()));
    }
    MethodTypeDesc type = target.type();
    for (int i = 0; i < type.parameterCount(); i++) all.add(types.load(type.parameterType(i)));
    return all.stream().skip(closure.captured()).map(each -> anything(here, each)).toList();
  }

  private Value anything(Foreign here, Class<?> type) {
    return given(here, type == void.class ? Object.class : type);
  }

  /** What a library may do by reflection with an object or a class that it is given. */
  private void reflect(Obj object, Foreign here, Class<?> owner) {
    switch (object) {
      case Obj.Resource resource -> {
        analysis.findings().doubt(
            "it hands " + PinionCalls.name(resource) + " to " + owner.getName()
                + ", which may do anything with it",
            analysis.path());
        new Everything(analysis.app()).of(resource.id())
            .forEach(use -> analysis.findings().use(use, analysis.path(), false));
      }
      case Obj.Type type -> make(type.type(), here);
      default -> {
      }
    }
  }

  /** Lets a class be made of data: its constructors and those of its components run. */
  void make(Class<?> type, Foreign here) {
    if (!types.isApps(type)) return;
    if (type.isEnum()) {
      heap.add(here, analysis.live().constants(type).objects());
      return;
    }
    Obj.Made made = new Obj.Made(type);
    heap.add(here, List.of(made));
    String key = "made " + type.getName();
    boolean known = heap.global(key, () -> Value.NOTHING).other();
    heap.storeGlobal(key, Value.OTHER);
    if (!known) components(type, here);
    for (Constructor<?> each : type.getDeclaredConstructors()) construct(made, each);
  }

  private void components(Class<?> type, Foreign here) {
    Fields fields = new Fields(analysis);
    for (java.lang.reflect.Field field : type.getDeclaredFields()) {
      if (java.lang.reflect.Modifier.isStatic(field.getModifiers())) continue;
      for (Obj each : fields.data(field.getGenericType()).objects()) {
        Types.classOf(each).ifPresent(inner -> make(inner, here));
        if (heap.isContainer(each)) {
          heap.inside(each).forEach(inside -> Types.classOf(inside).ifPresent(inner -> make(inner, here)));
        }
      }
    }
  }

  private void construct(Obj.Made made, Constructor<?> constructor) {
    Fields fields = new Fields(analysis);
    List<Value> arguments = new ArrayList<>(List.of(Value.of(made)));
    for (var each : constructor.getGenericParameterTypes()) arguments.add(fields.data(each));
    if (arguments.size() != constructor.getParameterCount() + 1) return;
    MethodTypeDesc type = java.lang.invoke.MethodType.methodType(void.class, constructor.getParameterTypes())
        .describeConstable().orElseThrow();
    types.find(made.type(), Member.CONSTRUCTOR, type.descriptorString())
        .ifPresent(code -> analysis.call(code, arguments));
  }

  /** Whether a class has a method of a name, with as many parameters. */
  static boolean declares(Class<?> type, Member member) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(each -> each.getName().equals(member.name())
            && each.getParameterCount() == member.type().parameterCount());
  }

  /** Calls of Pinion's own code, which reads or makes the app's objects by reflection and keeps none of them. */
  Value reflective(Member member, List<Value> operands, Site site) {
    Foreign read = new Foreign(List.of(site, "read"));
    operands.forEach(each -> heap.add(read, each.objects()));
    Set<Obj> result = new LinkedHashSet<>();
    result.add(new Foreign(site));
    for (Obj each : heap.inside(read)) {
      if (each instanceof Obj.Type type) make(type.type(), read);
      callBack(each, read, true);
      if (each instanceof Obj.Made) result.add(each);
    }
    Class<?> type = types.load(member.type().returnType());
    return Value.of(result, true).only(each -> types.fits(each, type));
  }
}
