package dev.pinion.inspect;

import dev.pinion.inspect.Analysis.Context;
import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.spi.SourceLocation;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.*;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Interprets one method for what its arguments may be: one frame for each instruction, until none changes. */
final class Interpreter {
  /** What is thrown anywhere in a handler; what is caught may be any of it. */
  static final Foreign THROWN = new Foreign("thrown");

  private final Analysis analysis;
  private final Context context;
  private final Body body;
  private final Instructions instructions;
  private final @Nullable Frame[] frames;
  private final Deque<Integer> work = new ArrayDeque<>();
  private Value result = Value.NOTHING;
  private int at;
  private int branch;

  Interpreter(Analysis analysis, Context context) {
    this.analysis = analysis;
    this.context = context;
    this.body = context.code.body();
    this.instructions = new Instructions(analysis, context);
    this.frames = new @Nullable Frame[body.instructions().size()];
    this.branch = firstBranch();
  }

  /** Before it, every instruction is reached whenever the method is called. */
  private int firstBranch() {
    int first = body.instructions().size();
    for (int i = 0; i < first; i++) {
      switch (body.instructions().get(i)) {
        case BranchInstruction _, LookupSwitchInstruction _, TableSwitchInstruction _ -> first = i;
        default -> {
        }
      }
    }
    for (Body.Handler each : body.handlers()) first = Math.min(first, each.from());
    return first;
  }

  SourceLocation location() {
    return new SourceLocation(body.file(), body.lines().get(at));
  }

  boolean surely() {
    return at < branch;
  }

  Value run() {
    flow(entry(), 0);
    while (!work.isEmpty()) {
      at = work.removeFirst();
      analysis.step();
      Frame frame = frames[at];
      if (frame == null) continue;
      for (Body.Handler each : body.handlers()) {
        if (each.from() <= at && at < each.to()) flow(frame.caught(caught(each)), each.at());
      }
      interpret(body.instructions().get(at), frame.copy());
    }
    return result;
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
    Class<?> type = analysis.types().load(handler.type().orElse("java.lang.Throwable"));
    Set<Obj> thrown = new LinkedHashSet<>(analysis.heap().inside(THROWN));
    thrown.add(THROWN);
    return Value.of(thrown, true).only(each -> analysis.types().fits(each, type));
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
    switch (instruction) {
      case BranchInstruction jump -> {
        frame.pop(operands(jump.opcode()));
        flow(frame, body.target(jump.target()));
        if (operands(jump.opcode()) > 0) flow(frame, at + 1);
      }
      case TableSwitchInstruction jump -> {
        frame.pop();
        flow(frame, body.target(jump.defaultTarget()));
        jump.cases().forEach(each -> flow(frame, body.target(each.target())));
      }
      case LookupSwitchInstruction jump -> {
        frame.pop();
        flow(frame, body.target(jump.defaultTarget()));
        jump.cases().forEach(each -> flow(frame, body.target(each.target())));
      }
      case ReturnInstruction back -> {
        if (back.typeKind() != TypeKind.VOID) result = result.or(frame.pop());
      }
      case ThrowInstruction _ -> analysis.heap().add(THROWN, frame.pop().objects());
      default -> {
        instructions.interpret(instruction, frame, at);
        flow(frame, at + 1);
      }
    }
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
