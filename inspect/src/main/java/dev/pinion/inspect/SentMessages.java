package dev.pinion.inspect;

import dev.pinion.inspect.ClassFiles.Code;
import dev.pinion.spi.MessageType;
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
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds messages that cannot be sent, where the code shows what they are. */
final class SentMessages {
  private static final Set<Class<?>> MAKING = Set.of(List.class, Set.class, Map.class);
  private static final Set<String> SENDING = Set.of("sendMessage", "broadcast", "send", "sendIn");
  private static final Set<String> ADDING = Set.of("add", "addFirst", "addLast", "put");

  private final Types types;
  private final Findings findings;
  private final Trace trace;
  /** What is put into containers, by the place that puts it there. */
  private final Map<Obj, Map<Object, Value>> elements = new HashMap<>();

  SentMessages(Types types, Findings findings, Trace trace) {
    this.types = types;
    this.findings = findings;
    this.trace = trace;
  }

  /** Looks at a call of a method of a WebSocket or queue. */
  void call(Member member, List<Value> operands, Site site) {
    boolean sends = SENDING.contains(member.name());
    if (sends && member.type().parameterList().getLast().equals(ConstantDescs.CD_Object)) {
      note(operands.getLast(), problem(operands.getLast()).or(() -> declared(site).flatMap(this::ofDeclared)));
    }
    if (member.name().equals("sendMessage") && site.code() != null) {
      new SwappedArguments(site.code()).at(site.at())
          .ifPresent(problem -> findings.message(Optional.of(problem), trace.path()));
    }
  }

  /** Looks at a call outside of the app that puts its operands into a collection, map or Optional. */
  void put(Member member, Class<?> owner, List<Value> operands, Value result, Site site) {
    boolean makes = member.kind() == Member.Kind.STATIC && MAKING.contains(owner) && member.name().startsWith("of");
    boolean adds = member.kind() != Member.Kind.STATIC && ADDING.contains(member.name())
        && (Collection.class.isAssignableFrom(owner) || Map.class.isAssignableFrom(owner));
    Stream<Obj> containers = makes ? result.objects().stream().filter(each -> isMadeAt(each, site))
        : adds && operands.getFirst().objects().size() == 1 ? operands.getFirst().objects().stream() : Stream.of();
    containers.forEach(one -> {
      for (int i = makes ? 0 : 1; i < operands.size(); i++) {
        elements.computeIfAbsent(one, _ -> new LinkedHashMap<>())
            .merge(List.of(site, i), operands.get(i), Value::or);
      }
    });
  }

  private static boolean isMadeAt(Obj object, Site site) {
    return object instanceof Obj.Foreign made && made.key().equals(site);
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
    return problem(message, new HashSet<>());
  }

  private Optional<String> problem(Value message, Set<Obj> seen) {
    if (message.isOne()) {
      Optional<String> problem = problem(message.objects().iterator().next());
      if (problem.isPresent()) return problem;
    }
    List<Optional<String>> inside = message.objects().stream().filter(each -> !seen.contains(each))
        .map(each -> inside(each, seen)).toList();
    return inside.stream().allMatch(Optional::isPresent) ? inside.stream().flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  /** Looks at what is put into a container. What comes out of a call may also be one that was given to it. */
  private Optional<String> inside(Obj container, Set<Obj> seen) {
    seen.add(container);
    Optional<String> problem = elements.getOrDefault(container, Map.of()).values().stream()
        .flatMap(each -> problem(each, seen).stream()).findFirst();
    seen.remove(container);
    return problem;
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
      String place = type.getSimpleName() + "." + each.getName() + ": ";
      Optional<String> problem = ofType(each.getGenericType(), place, seen);
      if (problem.isPresent()) return problem;
    }
    return Optional.empty();
  }

  private static Optional<String> ofType(Type type, String place, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType container && isContainer(container.getRawType())) {
      return Stream.of(container.getActualTypeArguments())
          .flatMap(each -> ofType(each, place, seen).stream()).findFirst();
    }
    if (type instanceof ParameterizedType other) return ofType(other.getRawType(), place, seen);
    if (type instanceof WildcardType any) return ofType(any.getUpperBounds()[0], place, seen);
    if (!(type instanceof Class<?> plain)) return Optional.empty();
    Class<?> declared = MethodType.methodType(plain).wrap().returnType();
    if (declared.isRecord()) return component(declared, seen);
    return isDecided(declared) || declared.isArray() ? MessageType.unsupported(declared).map(place::concat)
        : Optional.empty();
  }

  private static boolean isContainer(Type type) {
    return type instanceof Class<?> raw
        && (Iterable.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || raw == Optional.class);
  }

  /**
   * Looks for sends of a handler's own connection id to the connection whose id is the text that has come.
   *
   * @param handler the code of a handler whose last parameter is the text
   */
  void swapped(Code handler) {
    new SwappedArguments(handler).ofHandler(parameters(handler).lastKey(), findings);
  }
}
