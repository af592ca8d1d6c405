package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Selection.Declared;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls of the app's methods by code outside the app, with anything that this code has. */
final class Callbacks {
  private final Types types;
  private final Methods methods;
  private final Heap heap;
  private final Execution execution;
  private final Caller caller;
  private final Map<List<Object>, Call> calls = new HashMap<>();
  private Set<Obj> thrown = Set.of();
  private int thrownIn = -1;

  /** What a call has given so far, and the last pass in which it was made. */
  private static final class Call {
    private Value result = Value.NOTHING;
    private int pass = -1;
  }

  Callbacks(Types types, Methods methods, Heap heap, Execution execution, Caller caller) {
    this.types = types;
    this.methods = methods;
    this.heap = heap;
    this.execution = execution;
    this.caller = caller;
  }

  /**
   * Calls what is held and what the call is of.
   *
   * @param element whether of what is held as Object only those methods are called that collections know
   */
  void all(Foreign here, Set<Obj> receivers, boolean element) {
    Set<Obj> functions = heap.functions(here);
    functions.addAll(receivers);
    Set<Obj> all = heap.inside(here);
    all.addAll(receivers);
    Anything anything = new Anything(here);
    for (Obj each : all) one(each, anything, element && !functions.contains(each));
  }

  /** Calls some of what is held. */
  void all(Foreign here, Set<Obj> called) {
    Anything anything = new Anything(here);
    for (Obj each : called) one(each, anything, false);
  }

  private void one(Obj object, Anything anything, boolean element) {
    for (Methods.Entry each : methods.entries(object, element)) {
      List<Value> arguments = anything.of(each.known().descriptor());
      Value result = each.runs() == null && object instanceof Obj.Closure closure
          ? once(List.of(closure, arguments), () -> caller.invoke(closure, arguments))
          : method(object, java.util.Objects.requireNonNull(each.runs()), arguments);
      ClassDesc type = MethodTypeDesc.ofDescriptor(each.known().descriptor()).returnType();
      heap.add(anything.here, result.objects(), !type.descriptorString().equals("Ljava/lang/Object;"));
    }
  }

  /** What a method of an object gives when it is called with anything that is held. */
  void call(Obj object, Declared method, Foreign here) {
    heap.add(here, method(object, method, new Anything(here).of(method.descriptor())).objects());
  }

  /** What a static method or a constructor gives for arguments. */
  void call(Declared method, List<Value> arguments, Foreign here) {
    heap.add(here, once(List.of(method, arguments), () -> caller.invoke(method, arguments)).objects());
  }

  private Value method(Obj object, Declared method, List<Value> arguments) {
    return once(List.of(object, method, arguments), () -> caller.invoke(object, method, arguments));
  }

  /**
   * What is called back once in a pass. It may be called while it is called, as a lambda that is handed to itself:
   * then it gives what it was found to give before, and another pass is made if that was too little.
   */
  private Value once(List<Object> key, java.util.function.Supplier<Value> call) {
    Call known = calls.computeIfAbsent(key, _ -> new Call());
    if (known.pass == execution.pass()) return known.result;
    known.pass = execution.pass();
    Value result = execution.maybe(call);
    if (!known.result.includes(result)) {
      known.result = known.result.or(result);
      heap.grow();
    }
    return known.result;
  }

  /** Anything that is held, by the types of parameters, kept as long as nothing comes to it. */
  private final class Anything {
    private final Foreign here;
    private final Map<Class<?>, Value> byType = new HashMap<>();
    private int version = heap.version();

    Anything(Foreign here) {
      this.here = here;
    }

    /** For each parameter, anything that is held and fits, and what the code itself may make. */
    List<Value> of(String descriptor) {
      List<Value> arguments = new ArrayList<>();
      for (ClassDesc each : MethodTypeDesc.ofDescriptor(descriptor).parameterList()) {
        arguments.add(of(types.load(each)));
      }
      return arguments;
    }

    private Value of(Class<?> type) {
      Value known = byType.get(type);
      if (known != null && version == heap.version()) return known;
      Value present = anything(here, type);
      if (version != heap.version()) byType.clear();
      version = heap.version();
      byType.put(type, present);
      return present;
    }
  }

  Value anything(Foreign here, Class<?> type) {
    if (type.isPrimitive()) return Value.OTHER;
    Set<Obj> all = new LinkedHashSet<>();
    if (types.isHolder(type) && !types.isApps(type)) {
      Foreign made = new Foreign(List.of(here.key(), "made"), type, here.known());
      heap.join(here, made);
      all.add(made);
    }
    all.addAll(heap.inside(here));
    all.addAll(thrown(type));
    return types.narrow(Value.of(all, true), type);
  }

  /** What code outside the app may have caught, where that is of a type. */
  Set<Obj> thrown(Class<?> type) {
    if (type != Object.class && !Throwable.class.isAssignableFrom(type) && !type.isAssignableFrom(Throwable.class)) {
      return Set.of();
    }
    if (thrownIn != heap.version()) {
      thrown = new LinkedHashSet<>();
      for (Obj each : heap.inside(Interpreter.THROWN)) {
        if (Types.classOf(each).isPresent()) thrown.add(each);
      }
      thrownIn = heap.version();
    }
    return thrown;
  }
}
