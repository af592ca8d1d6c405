package dev.pinion.inspect;

import dev.pinion.Connection;
import dev.pinion.WebSocket;
import dev.pinion.inspect.ClassFiles.Code;
import dev.pinion.spi.MessageType;
import dev.pinion.spi.SourceLocation;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds messages that cannot be sent, where the code shows what they are. */
final class SentMessages {
  private final Types types;
  private final Findings findings;
  private final Trace trace;

  SentMessages(Types types, Findings findings, Trace trace) {
    this.types = types;
    this.findings = findings;
    this.trace = trace;
  }

  /** Looks at a call of a WebSocket's method. */
  void call(Member member, List<Value> operands, Site site) {
    boolean sends = member.name().equals("sendMessage") || member.name().equals("broadcast");
    if (sends && member.type().parameterList().getLast().equals(ConstantDescs.CD_Object)) {
      note(operands.getLast(), problem(operands.getLast()).or(() -> declared(site).flatMap(this::ofDeclared)));
    }
  }

  /** Looks at what a handler returns for its client. */
  void answer(Value message) {
    note(message, problem(message));
  }

  private void note(Value message, Optional<String> problem) {
    if (message.isNothing() && problem.isEmpty()) return;
    findings.message(problem.map(each -> "sends a message that cannot be sent: " + each), trace.path());
  }

  private Optional<String> problem(Value message) {
    return message.isOne() ? problem(message.objects().iterator().next()) : Optional.empty();
  }

  /** Returns the type that the code gives the last operand of a call, if the instruction before says so. */
  private static Optional<ClassDesc> declared(Site site) {
    Code code = site.code();
    if (code == null || site.at() == 0 || code.body().targets().containsValue(site.at())) return Optional.empty();
    Instruction before = code.body().instructions().get(site.at() - 1);
    if (before instanceof InvokeInstruction call) return Optional.of(call.typeSymbol().returnType());
    if (before instanceof FieldInstruction field) return Optional.of(field.typeSymbol());
    if (before instanceof TypeCheckInstruction cast) return Optional.of(cast.type().asSymbol());
    return before instanceof LoadInstruction load ? parameter(code, load.slot()) : Optional.empty();
  }

  private static Optional<ClassDesc> parameter(Code code, int slot) {
    return Optional.ofNullable(parameters(code).get(slot));
  }

  /** The types of a method's parameters, by their slots. */
  private static SortedMap<Integer, ClassDesc> parameters(Code code) {
    SortedMap<Integer, ClassDesc> slots = new TreeMap<>();
    int slot = code.isStatic() ? 0 : 1;
    for (ClassDesc each : MethodTypeDesc.ofDescriptor(code.descriptor()).parameterList()) {
      slots.put(slot, each);
      slot += each.equals(ConstantDescs.CD_long) || each.equals(ConstantDescs.CD_double) ? 2 : 1;
    }
    return slots;
  }

  private Optional<String> ofDeclared(ClassDesc type) {
    Class<?> loaded = types.load(type);
    return loaded.isPrimitive() || !isDecided(loaded) ? Optional.empty() : ofClass(loaded);
  }

  private Optional<String> problem(Obj message) {
    Optional<Class<?>> ofApp = message.ofApp();
    if (ofApp.isPresent()) return ofClass(ofApp.get());
    if (message instanceof Obj.Resource resource) return MessageType.unsupported(resource.kind().type());
    if (message instanceof Obj.State state) return MessageType.unsupported(state.identity().object().getClass());
    if (message instanceof Obj.Arr array) return MessageType.unsupported(array.elements().arrayType());
    if (message instanceof Obj.Closure closure) return MessageType.unsupported(closure.interfaces().getFirst());
    boolean decided = message instanceof Obj.Foreign made && made.known() != Obj.Known.ANY && isDecided(made.type());
    return decided ? MessageType.unsupported(((Obj.Foreign) message).type()) : Optional.empty();
  }

  /** Whether an object of a type, or of one below it, can be none that is supported. */
  private static boolean isDecided(Class<?> type) {
    return java.util.stream.BaseStream.class.isAssignableFrom(type) || java.util.Iterator.class.isAssignableFrom(type)
        || java.util.concurrent.Future.class.isAssignableFrom(type)
        || (!type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && type != Object.class);
  }

  private static Optional<String> ofClass(Class<?> type) {
    return type.isRecord() ? component(type, new HashSet<>()) : MessageType.unsupported(type);
  }

  /** Looks at the components of a record whose declared types decide what their values are. */
  private static Optional<String> component(Class<?> type, Set<Class<?>> seen) {
    if (!seen.add(type)) return Optional.empty();
    for (RecordComponent each : type.getRecordComponents()) {
      Class<?> declared = MethodType.methodType(each.getType()).wrap().returnType();
      Optional<String> problem = declared.isRecord() ? component(declared, seen)
          : isDecided(declared) || declared.isArray() ? MessageType.unsupported(declared) : Optional.empty();
      if (problem.isPresent()) {
        String place = type.getSimpleName() + "." + each.getName() + ": ";
        return declared.isRecord() ? problem : problem.map(reason -> place + reason);
      }
    }
    return Optional.empty();
  }

  /**
   * Looks for sends of a handler's own connection id to the connection whose id is the text that has come.
   *
   * @param handler the code of a handler whose last parameter is the text
   */
  void swapped(Code handler) {
    int text = parameters(handler).lastKey();
    List<Instruction> all = handler.body().instructions();
    for (int i = 3; i < all.size(); i++) {
      if (is(all.get(i), WebSocket.class, "sendMessage") && is(all.get(i - 1), Connection.class, "id")
          && all.get(i - 2) instanceof LoadInstruction && all.get(i - 3) instanceof LoadInstruction id
          && id.slot() == text) {
        SourceLocation here = new SourceLocation(handler.body().file(), handler.body().lines().get(i));
        findings.message(
            Optional.of("sends a connection id to the connection that the client's text names: the message comes after"
                + " the connection id, as in sendMessage(id, message)"),
            List.of(here));
      }
    }
  }

  private static boolean is(Instruction instruction, Class<?> owner, String name) {
    return instruction instanceof InvokeInstruction call && call.name().equalsString(name)
        && call.owner().asInternalName().equals(owner.getName().replace('.', '/'));
  }
}
