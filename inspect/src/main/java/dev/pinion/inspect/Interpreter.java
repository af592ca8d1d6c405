package dev.pinion.inspect;

import dev.pinion.inspect.Execution.Context;
import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.spi.SourceLocation;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.*;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Interprets one method for what its arguments may be: one frame for each instruction, until none changes. */
final class Interpreter implements Execution.Activation {
  /** What is thrown anywhere in a handler; what is caught may be any of it. */
  static final Foreign THROWN = new Foreign("thrown", Throwable.class, Obj.Known.ANY);

  private final Execution execution;
  private final Types types;
  private final Heap heap;
  private final Instructions instructions;
  private final Context context;
  private final Body body;
  private final @Nullable Frame[] frames;
  private final Deque<Integer> work = new ArrayDeque<>();
  private Value result = Value.NOTHING;
  private int at;
  private int branch;

  Interpreter(Execution execution, Types types, Heap heap, Instructions instructions, Context context) {
    this.execution = execution;
    this.types = types;
    this.heap = heap;
    this.instructions = instructions;
    this.context = context;
    this.body = context.code.body();
    this.frames = new @Nullable Frame[body.instructions().size()];
    this.branch = firstBranch();
  }

  /** Before it, every instruction is reached whenever the method is called. */
  private int firstBranch() {
    int first = body.instructions().size();
    for (int i = 0; i < first; i++) {
      switch (body.instructions().get(i).opcode().kind()) {
        case BRANCH, LOOKUP_SWITCH, TABLE_SWITCH -> first = i;
        default -> {
        }
      }
    }
    for (Body.Handler each : body.handlers()) first = Math.min(first, each.from());
    return first;
  }

  @Override
  public SourceLocation location() {
    return new SourceLocation(body.file(), body.lines().get(at));
  }

  @Override
  public boolean surely() {
    return at < branch;
  }

  @Override
  public boolean isInitializer() {
    return context.code.isInitializer();
  }

  @Override
  public Value result() {
    return result;
  }

  @Override
  public void run() {
    flow(entry(), 0);
    while (!work.isEmpty()) {
      at = work.removeFirst();
      execution.step();
      Frame frame = frames[at];
      if (frame == null) continue;
      for (Body.Handler each : body.handlers()) {
        if (each.from() <= at && at < each.to()) flow(frame.caught(caught(each)), each.at());
      }
      interpret(body.instructions().get(at), frame.copy());
    }
  }

  private Frame entry() {
    Frame frame = new Frame(body.locals());
    int slot = 0;
    int argument = 0;
    if (!context.code.isStatic()) frame.local(slot++, context.arguments.get(argument++));
    for (ClassDesc type : MethodTypeDesc.ofDescriptor(context.code.descriptor()).parameterList()) {
      frame.local(slot, context.arguments.get(argument++));
      slot += TypeKind.from(type).slotSize();
    }
    return frame;
  }

  private Value caught(Body.Handler handler) {
    Class<?> type = types.load(handler.type().orElse("java.lang.Throwable"));
    Set<Obj> thrown = heap.inside(THROWN);
    thrown.add(THROWN);
    return types.narrow(Value.of(thrown, true), type);
  }

  private void flow(Frame frame, int to) {
    Frame known = frames[to];
    if (known == null) {
      frames[to] = frame.copy();
      work.add(to);
    } else if (known.merge(frame) && !work.contains(to)) {
      work.add(to);
    }
  }

  private void interpret(Instruction instruction, Frame frame) {
    switch (instruction.opcode().kind()) {
      case BRANCH -> jump((BranchInstruction) instruction, frame);
      case TABLE_SWITCH -> {
        TableSwitchInstruction jump = (TableSwitchInstruction) instruction;
        choose(frame.pop(), jump.cases(), jump.defaultTarget(), frame);
      }
      case LOOKUP_SWITCH -> {
        LookupSwitchInstruction jump = (LookupSwitchInstruction) instruction;
        choose(frame.pop(), jump.cases(), jump.defaultTarget(), frame);
      }
      case RETURN -> {
        if (instruction.opcode() != Opcode.RETURN) result = result.or(frame.pop());
      }
      case THROW_EXCEPTION -> heap.add(THROWN, frame.pop().objects());
      default -> {
        instructions.interpret(instruction, frame, context.site(at));
        flow(frame, at + 1);
      }
    }
  }

  private void jump(BranchInstruction jump, Frame frame) {
    int operands = operands(jump.opcode());
    Optional<Set<Integer>> known = operands == 1 ? choices(frame.top()) : Optional.empty();
    boolean differ = false;
    if (jump.opcode() == Opcode.IF_ACMPEQ || jump.opcode() == Opcode.IF_ACMPNE) {
      Value second = frame.pop();
      differ = differ(frame.pop(), second) && isEnumConstant();
    } else {
      frame.pop(operands);
    }
    boolean jumps = true;
    boolean goesOn = operands > 0;
    if (known.isPresent() && (jump.opcode() == Opcode.IFEQ || jump.opcode() == Opcode.IFNE)) {
      boolean zero = known.get().contains(0);
      boolean other = known.get().stream().anyMatch(each -> each != 0);
      jumps = jump.opcode() == Opcode.IFEQ ? zero : other;
      goesOn = jump.opcode() == Opcode.IFEQ ? other : zero;
    }
    if (differ && jump.opcode() == Opcode.IF_ACMPEQ) jumps = false;
    if (differ && jump.opcode() == Opcode.IF_ACMPNE) goesOn = false;
    if (jumps) flow(frame, body.target(jump.target()));
    if (goesOn) flow(frame, at + 1);
  }

  /** Whether what has just been loaded is a constant of an enum, which is never null. */
  private boolean isEnumConstant() {
    return at > 0 && !body.targets().containsValue(at)
        && body.instructions().get(at - 1) instanceof FieldInstruction field
        && field.opcode() == Opcode.GETSTATIC && types.isEnumConstant(field);
  }

  /** Whether two values are different constants of an enum, or null. */
  private static boolean differ(Value one, Value two) {
    return isEnum(one) && isEnum(two) && java.util.Collections.disjoint(one.objects(), two.objects());
  }

  private static boolean isEnum(Value value) {
    return !value.other() && !value.objects().isEmpty() && value.objects().stream()
        .allMatch(each -> each.ofApp().filter(Enum.class::isAssignableFrom).isPresent() && !(each instanceof Obj.Made));
  }

  private void choose(Value chosen, List<SwitchCase> cases, Label otherwise, Frame frame) {
    Optional<Set<Integer>> known = choices(chosen);
    Set<Integer> named = new LinkedHashSet<>();
    for (SwitchCase each : cases) {
      named.add(each.caseValue());
      if (known.isEmpty() || known.get().contains(each.caseValue())) flow(frame, body.target(each.target()));
    }
    if (known.isEmpty() || !named.containsAll(known.get())) flow(frame, body.target(otherwise));
  }

  /** The numbers that a value may be; empty where they are not known. */
  private static Optional<Set<Integer>> choices(Value value) {
    if (value.other() || value.objects().isEmpty()) return Optional.empty();
    Set<Integer> numbers = new LinkedHashSet<>();
    for (Obj each : value.objects()) {
      if (!(each instanceof Obj.Choice(int number))) return Optional.empty();
      numbers.add(number);
    }
    return Optional.of(numbers);
  }

  /** How many operands a jump compares. */
  private static int operands(Opcode opcode) {
    return switch (opcode) {
      case GOTO, GOTO_W -> 0;
      case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
      default -> 2;
    };
  }
}
