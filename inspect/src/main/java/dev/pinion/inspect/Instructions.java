package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Arr;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.*;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What each instruction that does not jump does to a frame (JVMS 6.5). */
final class Instructions {
  private final Types types;
  private final Heap heap;
  private final LiveObjects live;
  private final Fields fields;
  private final Calls calls;
  private final Dynamic dynamic;
  private final SwitchMaps switches;

  Instructions(Types types, Heap heap, LiveObjects live, Fields fields, Calls calls, SwitchMaps switches) {
    this.types = types;
    this.heap = heap;
    this.live = live;
    this.fields = fields;
    this.calls = calls;
    this.dynamic = new Dynamic(types, heap, fields, calls);
    this.switches = switches;
  }

  void interpret(Instruction instruction, Frame frame, Site site) {
    switch (instruction.opcode().kind()) {
      case LOAD -> load((LoadInstruction) instruction, frame);
      case STORE -> store((StoreInstruction) instruction, frame);
      case CONSTANT -> constant((ConstantInstruction) instruction, frame);
      case FIELD_ACCESS -> field((FieldInstruction) instruction, frame);
      case INVOKE -> call((InvokeInstruction) instruction, frame, site);
      case INVOKE_DYNAMIC -> dynamic((InvokeDynamicInstruction) instruction, frame, site);
      case NEW_OBJECT -> {
        ClassDesc type = ((NewObjectInstruction) instruction).className().asSymbol();
        frame.push(calls.made(types.load(ClassNames.binary(type)), site));
      }
      case NEW_REF_ARRAY -> {
        ClassDesc type = ((NewReferenceArrayInstruction) instruction).componentType().asSymbol();
        replace(frame, 1, Value.of(new Arr(site, types.load(type))));
      }
      case NEW_PRIMITIVE_ARRAY -> replace(frame, 1, Value.OTHER);
      case NEW_MULTI_ARRAY -> {
        NewMultiArrayInstruction made = (NewMultiArrayInstruction) instruction;
        Class<?> type = types.load(made.arrayType().asSymbol());
        replace(frame, made.dimensions(), Value.of(array(type, made.dimensions(), site)));
      }
      case ARRAY_LOAD -> load((ArrayLoadInstruction) instruction, frame);
      case ARRAY_STORE -> store((ArrayStoreInstruction) instruction, frame);
      case TYPE_CHECK -> check((TypeCheckInstruction) instruction, frame);
      case CONVERT -> convert((ConvertInstruction) instruction, frame);
      case OPERATOR -> operate((OperatorInstruction) instruction, frame);
      case STACK -> stack(instruction.opcode(), frame);
      case MONITOR -> frame.pop();
      case INCREMENT -> frame.local(((IncrementInstruction) instruction).slot(), Value.OTHER);
      case NOP -> {
      }
      default -> throw new GiveUp("it has an instruction of old Java, " + instruction.opcode());
    }
  }

  private static void load(LoadInstruction load, Frame frame) {
    frame.push(frame.local(load.slot()), load.typeKind().slotSize());
  }

  private static void store(StoreInstruction store, Frame frame) {
    Value value = frame.pop();
    frame.pop(store.typeKind().slotSize() - 1);
    frame.local(store.slot(), value);
  }

  private void constant(ConstantInstruction constant, Frame frame) {
    frame.push(constant(constant), constant.typeKind().slotSize());
  }

  private static void convert(ConvertInstruction convert, Frame frame) {
    frame.pop(convert.fromType().slotSize());
    frame.push(Value.OTHER, convert.toType().slotSize());
  }

  private static void replace(Frame frame, int slots, Value value) {
    frame.pop(slots);
    frame.push(value);
  }

  /** An array of arrays, each of which is made with it. */
  private Obj array(Class<?> type, int dimensions, Site site) {
    Arr array = new Arr(dimensions == 1 ? site : List.of(site, dimensions), type.componentType());
    if (dimensions > 1) heap.add(array, List.of(array(type.componentType(), dimensions - 1, site)));
    return array;
  }

  private Value constant(ConstantInstruction instruction) {
    if (instruction.opcode() == Opcode.ACONST_NULL) return Value.NOTHING;
    if (instruction.opcode() == Opcode.ICONST_0) return Value.of(new Obj.Choice(0));
    if (instruction.opcode() == Opcode.ICONST_1) return Value.of(new Obj.Choice(1));
    Object constant = instruction.constantValue();
    if (constant instanceof DynamicConstantDesc<?>) {
      throw new GiveUp("it has a constant that is computed while the app runs");
    }
    if (constant instanceof String text) return live.text(text);
    return constant instanceof ClassDesc type ? type(type) : Value.OTHER;
  }

  private Value type(ClassDesc type) {
    ClassDesc element = type;
    while (element.isArray()) element = element.componentType();
    if (element.isPrimitive()) return Value.OTHER;
    Class<?> loaded = types.load(element);
    return types.isApps(loaded) ? Value.of(new Obj.Type(loaded)) : Value.OTHER;
  }

  private void field(FieldInstruction field, Frame frame) {
    Class<?> owner = types.load(ClassNames.binary(field.owner().asSymbol()));
    String name = field.name().stringValue();
    int slots = TypeKind.from(field.typeSymbol()).slotSize();
    switch (field.opcode()) {
      case GETFIELD -> frame.push(fields.get(frame.pop(), owner, name), slots);
      case GETSTATIC -> frame.push(
          SwitchMaps.isTable(name) ? Value.of(new Obj.Cases(owner, name)) : fields.get(owner, name), slots);
      case PUTFIELD -> {
        Value value = frame.pop().withoutNumbers();
        frame.pop(slots - 1);
        fields.put(frame.pop(), owner, name, value);
      }
      default -> {
        Value value = frame.pop().withoutNumbers();
        frame.pop(slots - 1);
        fields.put(owner, name, value);
      }
    }
  }

  private void call(InvokeInstruction call, Frame frame, Site site) {
    Member.Kind kind = switch (call.opcode()) {
      case INVOKESTATIC -> Member.Kind.STATIC;
      case INVOKESPECIAL -> Member.Kind.SPECIAL;
      default -> Member.Kind.VIRTUAL;
    };
    String owner = ClassNames.binary(call.owner().asSymbol());
    Member member = new Member(kind, owner, call.name().stringValue(), call.typeSymbol());
    List<Value> operands = operands(frame, call.typeSymbol(), kind != Member.Kind.STATIC);
    push(frame, call.typeSymbol(), calls.call(member, site, operands));
  }

  private void dynamic(InvokeDynamicInstruction call, Frame frame, Site site) {
    List<Value> operands = operands(frame, call.typeSymbol(), false);
    push(frame, call.typeSymbol(), dynamic.call(call, operands, site));
  }

  private static List<Value> operands(Frame frame, MethodTypeDesc type, boolean receiver) {
    List<Value> operands = new ArrayList<>();
    for (ClassDesc each : type.parameterList().reversed()) {
      Value operand = frame.pop();
      operands.add(each.equals(ConstantDescs.CD_boolean) ? operand : operand.withoutNumbers());
      frame.pop(TypeKind.from(each).slotSize() - 1);
    }
    if (receiver) operands.add(frame.pop());
    Collections.reverse(operands);
    return operands;
  }

  private static void push(Frame frame, MethodTypeDesc type, Value value) {
    TypeKind kind = TypeKind.from(type.returnType());
    boolean choice = !value.other() && value.objects().stream().allMatch(Obj.Choice.class::isInstance);
    boolean known = kind == TypeKind.REFERENCE || (choice && !value.objects().isEmpty());
    frame.push(known ? value : Value.OTHER, kind.slotSize());
  }

  private void load(ArrayLoadInstruction load, Frame frame) {
    Value index = frame.pop();
    Value array = frame.pop();
    Value element = load.typeKind() == TypeKind.INT ? switches.numbers(array, index) : Value.OTHER;
    if (load.typeKind() == TypeKind.REFERENCE) {
      Set<Obj> inside = new LinkedHashSet<>();
      for (Obj each : array.objects()) {
        if (!heap.isContainer(each)) continue;
        Value held = Value.of(heap.inside(each), true);
        inside.addAll(each instanceof Arr(_, Class<?> type) ? types.narrow(held, type).objects() : held.objects());
      }
      element = Value.of(inside, true);
    }
    frame.push(element, load.typeKind().slotSize());
  }

  private void store(ArrayStoreInstruction store, Frame frame) {
    Value value = frame.pop();
    frame.pop(store.typeKind().slotSize() - 1);
    frame.pop();
    Value array = frame.pop();
    array.objects().forEach(fields::changes);
    if (store.typeKind() != TypeKind.REFERENCE) return;
    for (Obj each : array.objects()) {
      boolean functions = !(each instanceof Arr(_, Class<?> type) && type == Object.class);
      if (heap.isContainer(each)) heap.add(each, value.objects(), functions);
    }
  }

  private void check(TypeCheckInstruction check, Frame frame) {
    Value value = frame.pop();
    Class<?> type = types.load(check.type().asSymbol());
    frame.push(check.opcode() == Opcode.INSTANCEOF ? dynamic.isInstance(value, type) : types.narrow(value, type));
  }

  private static void operate(OperatorInstruction operator, Frame frame) {
    int slots = operator.typeKind().slotSize();
    switch (operator.opcode()) {
      case ARRAYLENGTH -> replace(frame, 1, Value.OTHER);
      case INEG, LNEG, FNEG, DNEG -> push(frame, slots, slots);
      case LCMP, DCMPL, DCMPG -> replace(frame, 4, Value.OTHER);
      case FCMPL, FCMPG -> replace(frame, 2, Value.OTHER);
      case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> push(frame, slots + 1, slots);
      default -> push(frame, 2 * slots, slots);
    }
  }

  private static void push(Frame frame, int popped, int slots) {
    frame.pop(popped);
    frame.push(Value.OTHER, slots);
  }

  private static void stack(Opcode opcode, Frame frame) {
    switch (opcode) {
      case POP -> frame.pop();
      case POP2 -> frame.pop(2);
      case DUP -> frame.duplicate(1, 0);
      case DUP_X1 -> frame.duplicate(1, 1);
      case DUP_X2 -> frame.duplicate(1, 2);
      case DUP2 -> frame.duplicate(2, 0);
      case DUP2_X1 -> frame.duplicate(2, 1);
      case DUP2_X2 -> frame.duplicate(2, 2);
      default -> {
        Value top = frame.pop();
        Value second = frame.pop();
        frame.push(top);
        frame.push(second);
      }
    }
  }
}
