package dev.pinion.inspect;

import dev.pinion.inspect.Instructions.Site;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
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
import java.util.List;

/** Calls that are linked while the app runs: lambdas, texts that are joined, the methods that all records have. */
final class Dynamic {
  private final Analysis analysis;

  Dynamic(Analysis analysis) {
    this.analysis = analysis;
  }

  Value call(InvokeDynamicInstruction call, List<Value> operands, Site site) {
    String factory = Types.binary(call.bootstrapMethod().owner());
    if (factory.equals(LambdaMetafactory.class.getName())) return closure(call, operands, site);
    if (factory.equals(StringConcatFactory.class.getName())) return read(call.typeSymbol(), operands, site);
    if (factory.equals(ObjectMethods.class.getName())) return read(call.typeSymbol(), components(operands), site);
    if (factory.equals(SwitchBootstraps.class.getName())) return Value.OTHER;
    throw new GiveUp("it has a call that " + factory + " links while the app runs");
  }

  private Value closure(InvokeDynamicInstruction call, List<Value> operands, Site site) {
    MethodHandleDesc handle = (MethodHandleDesc) call.bootstrapArgs().get(1);
    if (!(handle instanceof DirectMethodHandleDesc direct)) throw new GiveUp("it has a lambda without a method");
    Member target = new Member(
        Member.kind(direct.refKind()),
        Types.binary(direct.owner()),
        direct.methodName(),
        MethodTypeDesc.ofDescriptor(direct.lookupDescriptor()));
    Class<?> type = analysis.types().load(call.typeSymbol().returnType());
    Obj.Closure closure = new Obj.Closure(site, type, target, call.name().stringValue(), operands.size());
    for (int i = 0; i < operands.size(); i++) {
      analysis.heap().store(closure, Integer.toString(i), operands.get(i));
    }
    return Value.of(closure);
  }

  /** Methods of the operands that the JDK knows, such as toString, are called. */
  private Value read(MethodTypeDesc type, List<Value> operands, Site site) {
    Member member = new Member(Member.Kind.STATIC, "java.util.Objects", "hash", type);
    return analysis.calls().call(member, operands, site);
  }

  private List<Value> components(List<Value> records) {
    Fields fields = new Fields(analysis);
    List<Value> all = new ArrayList<>();
    for (Obj each : records.stream().flatMap(each -> each.objects().stream()).toList()) {
      Class<?> type = Types.classOf(each).orElse(Object.class);
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) continue;
        all.add(fields.get(Value.of(each), type.getName(), field.getName()));
      }
    }
    return all;
  }
}
