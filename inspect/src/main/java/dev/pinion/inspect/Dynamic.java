package dev.pinion.inspect;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.StringConcatFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.runtime.ObjectMethods;
import java.lang.runtime.SwitchBootstraps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Calls that are linked while the app runs: lambdas, texts that are joined, the methods that all records have. */
final class Dynamic {
  private final Types types;
  private final Heap heap;
  private final Fields fields;
  private final Calls calls;

  Dynamic(Types types, Heap heap, Fields fields, Calls calls) {
    this.types = types;
    this.heap = heap;
    this.fields = fields;
    this.calls = calls;
  }

  Value call(InvokeDynamicInstruction call, List<Value> operands, Site site) {
    String factory = ClassNames.binary(call.bootstrapMethod().owner());
    if (factory.equals(LambdaMetafactory.class.getName())) return closure(call, operands, site);
    if (factory.equals(StringConcatFactory.class.getName())) return joined(operands, site);
    if (factory.equals(ObjectMethods.class.getName()))
      return read(call.name().stringValue(), components(operands), site);
    if (factory.equals(SwitchBootstraps.class.getName())) return choice(call, operands.getFirst());
    throw new GiveUp("it has a call that " + factory + " links while the app runs");
  }

  private Value closure(InvokeDynamicInstruction call, List<Value> operands, Site site) {
    List<ConstantDesc> arguments = call.bootstrapArgs();
    if (!((MethodHandleDesc) arguments.get(1) instanceof DirectMethodHandleDesc direct)) {
      throw new GiveUp("it has a lambda without a method");
    }
    Member target = new Member(
        Member.kind(direct.refKind()),
        ClassNames.binary(direct.owner()),
        direct.methodName(),
        MethodTypeDesc.ofDescriptor(direct.lookupDescriptor()));
    Obj.Closure closure = new Obj.Closure(
        site, interfaces(call), target, call.name().stringValue(), descriptors(arguments), operands.size());
    heap.exists(closure);
    for (int i = 0; i < operands.size(); i++) heap.store(closure, Integer.toString(i), operands.get(i));
    return Value.of(closure);
  }

  /** The functional interface, and the markers that altMetafactory is given. */
  private List<Class<?>> interfaces(InvokeDynamicInstruction call) {
    List<Class<?>> all = new ArrayList<>(List.of(types.load(call.typeSymbol().returnType())));
    List<ConstantDesc> arguments = call.bootstrapArgs();
    if (arguments.size() > 3) {
      arguments.stream().skip(3).filter(ClassDesc.class::isInstance)
          .forEach(each -> all.add(types.load((ClassDesc) each)));
      if (((Integer) arguments.get(3) & LambdaMetafactory.FLAG_SERIALIZABLE) != 0) all.add(java.io.Serializable.class);
    }
    return List.copyOf(all);
  }

  /** The descriptor of the functional interface's method, and those of bridges that altMetafactory is given. */
  private static Set<String> descriptors(List<ConstantDesc> arguments) {
    Set<String> all = new LinkedHashSet<>(Set.of(((MethodTypeDesc) arguments.getFirst()).descriptorString()));
    arguments.stream().skip(4).filter(MethodTypeDesc.class::isInstance)
        .forEach(each -> all.add(((MethodTypeDesc) each).descriptorString()));
    return Set.copyOf(all);
  }

  /** A text of several, in which those are found that are followed. */
  private Value joined(List<Value> operands, Site site) {
    read("toString", operands, site);
    List<Obj> texts = operands.stream().flatMap(each -> each.objects().stream()).filter(Obj.Text.class::isInstance)
        .toList();
    return Value.of(texts, true);
  }

  /** Methods of the operands that the JDK knows, such as toString, are called. */
  private Value read(String method, List<Value> operands, Site site) {
    String name = method.equals("toString") ? method : "hash";
    MethodTypeDesc type = MethodTypeDesc.of(
        ConstantDescs.CD_String, Collections.nCopies(operands.size(), ConstantDescs.CD_Object));
    return calls.call(new Member(Member.Kind.STATIC, "java.util.Objects", name, type), site, operands);
  }

  private List<Value> components(List<Value> records) {
    List<Value> all = new ArrayList<>();
    for (Obj each : records.stream().flatMap(each -> each.objects().stream()).toList()) {
      Class<?> type = Types.classOf(each).orElse(Object.class);
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) continue;
        all.add(fields.get(Value.of(each), type, field.getName()));
      }
    }
    return all;
  }

  /** Which cases of a switch over types a value may take; -1 for null, the number of cases for none of them. */
  private Value choice(InvokeDynamicInstruction call, Value value) {
    List<ConstantDesc> labels = call.bootstrapArgs();
    Set<Obj> possible = new LinkedHashSet<>(List.of(new Obj.Choice(-1), new Obj.Choice(labels.size())));
    for (int i = 0; i < labels.size(); i++) {
      boolean is = !(labels.get(i) instanceof ClassDesc type) || mayBe(value, types.load(type));
      if (is) possible.add(new Obj.Choice(i));
    }
    return Value.of(possible, false);
  }

  /** Whether a value is of a class: a number of which it is known that it is 0 where nothing of it is. */
  Value isInstance(Value value, Class<?> type) {
    return mayBe(value, type) ? Value.OTHER : Value.of(new Obj.Choice(0));
  }

  private boolean mayBe(Value value, Class<?> type) {
    Value fitting = types.narrow(value, type);
    return fitting.other() || !fitting.objects().isEmpty();
  }
}
