package dev.pinion.inspect;

import dev.pinion.Connection;
import dev.pinion.WebSocket;
import dev.pinion.inspect.ClassFiles.Code;
import dev.pinion.spi.SourceLocation;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds sends whose arguments are in the wrong order, where a method's instructions alone show it. */
final class SwappedArguments {
  private static final String RIGHT = ": the message comes after the connection id, as in sendMessage(id, message)";
  private static final String ID = "[A-Za-z0-9_-]{15}=";
  private static final Set<String> TRIMMING = Set.of("trim", "strip");
  private static final int NONE = -1;

  private final Code code;
  private final List<Instruction> all;

  SwappedArguments(Code code) {
    this.code = code;
    all = code.body().instructions();
  }

  /** Returns what is wrong with the call of {@code sendMessage} at an instruction. */
  Optional<String> at(int call) {
    int message = call - 1;
    int id = id(call);
    if (id == NONE) return Optional.empty();
    if (all.get(id) instanceof ConstantInstruction constant && constant.constantValue() instanceof String text
        && !text.matches(ID)) {
      return Optional.of("sends to the connection '" + text + "', which is not a connection id" + RIGHT);
    }
    return isOwnId(message) && isJoined(id)
        ? Optional.of("sends a connection id to a connection whose id is a text that the code puts together" + RIGHT)
        : Optional.empty();
  }

  /**
   * Reports the sends of a handler's own connection id to the connection whose id is the text that has come.
   *
   * @param text the local variable that has the text
   */
  void ofHandler(int text, Findings findings) {
    for (int i = 1; i < all.size(); i++) {
      int id = isSend(all.get(i)) && isOwnId(i - 1) ? id(i) : NONE;
      if (id != NONE && isText(id, text)) {
        SourceLocation here = new SourceLocation(code.body().file(), code.body().lines().get(i));
        findings.message(
            Optional.of("sends a connection id to the connection that the client's text names" + RIGHT),
            List.of(here));
      }
    }
  }

  /** Returns the instruction that pushes the connection id of a send, unless there are several. */
  private int id(int call) {
    int id = before(call - 1);
    boolean joins = code.body().targets().values().stream().anyMatch(target -> target > id && target <= call);
    return joins ? NONE : id;
  }

  private static boolean isSend(Instruction instruction) {
    return instruction instanceof InvokeInstruction call && call.name().equalsString("sendMessage")
        && is(call, WebSocket.class);
  }

  private static boolean is(InvokeInstruction call, Class<?> owner) {
    return call.owner().asInternalName().equals(owner.getName().replace('.', '/'));
  }

  private boolean isOwnId(int at) {
    return all.get(origin(at)) instanceof InvokeInstruction call && call.name().equalsString("id")
        && is(call, Connection.class);
  }

  private boolean isJoined(int at) {
    return all.get(origin(at)) instanceof InvokeDynamicInstruction call
        && call.name().equalsString("makeConcatWithConstants");
  }

  /** Whether the value that an instruction pushes is the text, or the same without some of its white space. */
  private boolean isText(int at, int text) {
    Instruction made = all.get(origin(at));
    if (made instanceof LoadInstruction load) return load.slot() == text && stores(text).isEmpty();
    return made instanceof InvokeInstruction call && is(call, String.class)
        && TRIMMING.contains(call.name().stringValue()) && isText(origin(at) - 1, text);
  }

  /** Returns the instruction that makes what another one loads from a variable that is set once, or the same. */
  private int origin(int at) {
    if (all.get(at) instanceof LoadInstruction load) {
      List<Integer> stores = stores(load.slot());
      if (stores.size() == 1 && stores.getFirst() > 0) return stores.getFirst() - 1;
    }
    return at;
  }

  private List<Integer> stores(int slot) {
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i) instanceof StoreInstruction store && store.slot() == slot)
        .boxed().toList();
  }

  /** Returns the instruction that pushes the operand before the one that another instruction pushes. */
  private int before(int at) {
    int first = first(at);
    return first <= 0 ? NONE : first - 1;
  }

  /** Returns the first instruction of those that compute what one pushes. */
  private int first(int at) {
    if (at < 0) return NONE;
    Instruction last = all.get(at);
    if (last instanceof LoadInstruction || last instanceof ConstantInstruction
        || last instanceof NewObjectInstruction) {
      return at;
    }
    if (last instanceof FieldInstruction field) return field.opcode() == Opcode.GETSTATIC ? at : first(at - 1);
    if (last instanceof TypeCheckInstruction) return first(at - 1);
    if (last instanceof InvokeInstruction call) {
      return first(at, call.typeSymbol().parameterCount() + (call.opcode() == Opcode.INVOKESTATIC ? 0 : 1));
    }
    if (last instanceof InvokeDynamicInstruction call) return first(at, call.typeSymbol().parameterCount());
    boolean isNew = last.opcode() == Opcode.DUP && at > 0 && all.get(at - 1) instanceof NewObjectInstruction;
    return isNew ? at - 1 : NONE;
  }

  private int first(int at, int operands) {
    int first = at;
    for (int i = 0; i < operands && first != NONE; i++) first = first(first - 1);
    return first;
  }
}
