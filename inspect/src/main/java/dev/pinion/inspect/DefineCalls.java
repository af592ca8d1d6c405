package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Obj.Identity;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code define}, and the constructors and static initializers that it reaches, call of the JDK. */
final class DefineCalls implements Outside {
  private static final Set<String> UNORDERED = Set.of(
      "java.util.ImmutableCollections$SetN",
      "java.util.ImmutableCollections$Set12",
      "java.util.ImmutableCollections$MapN");
  private static final Set<String> ORDERED = Set.of(
      "java.util.List",
      "java.util.ArrayList",
      "java.util.ArrayDeque",
      "java.util.LinkedList",
      "java.util.LinkedHashSet",
      "java.util.LinkedHashMap");

  /** Methods of these beginnings call a function that they are given before they return. */
  private static final List<String> CALLING = List.of(
      "all",
      "any",
      "call",
      "collect",
      "compute",
      "each",
      "execute",
      "filter",
      "flatMap",
      "for",
      "generate",
      "if",
      "invoke",
      "iterate",
      "map",
      "merge",
      "none",
      "or",
      "peek",
      "reduce",
      "remove",
      "replace",
      "run",
      "sort",
      "start",
      "submit",
      "supply",
      "then",
      "toArray",
      "update");

  private final Types types;
  private final Heap heap;
  private final Callbacks callbacks;
  private final Fields fields;
  private final Findings findings;
  private final Trace trace;
  private final Set<Object> unordered = new HashSet<>();

  DefineCalls(Types types, Heap heap, Callbacks callbacks, Fields fields, Findings findings, Trace trace) {
    this.types = types;
    this.heap = heap;
    this.callbacks = callbacks;
    this.fields = fields;
    this.findings = findings;
    this.trace = trace;
  }

  @Override
  public Value call(Member member, Class<?> owner, List<Value> operands, Site site) {
    Class<?> type = types.load(member.type().returnType());
    if (types.isOfPinion(owner)) {
      return types.narrow(Value.of(List.of(new Foreign(site, type, Obj.Known.BOUND)), true), type);
    }
    if (member.is(java.util.Objects.class, "requireNonNull")) return operands.getFirst();
    look(member, owner, operands, site);
    Foreign here = new Foreign(site, type == void.class ? Object.class : type, Obj.Known.BOUND);
    Set<Obj> receivers = new LinkedHashSet<>();
    Set<Obj> called = new LinkedHashSet<>();
    int first = operands.size() - member.type().parameterCount();
    for (int i = 0; i < operands.size(); i++) {
      Set<Obj> objects = operands.get(i).objects();
      Class<?> parameter = i < first ? Object.class : types.load(member.type().parameterType(i - first));
      boolean function = types.isFunctional(parameter);
      if (function && CALLING.stream().anyMatch(member.name()::startsWith)) called.addAll(objects);
      if (i < first) receivers.addAll(objects);
      else heap.add(here, objects, function);
    }
    for (Obj each : receivers) {
      if (heap.isContainer(each)) heap.join(here, each);
      if (callsIt(member, owner)) called.addAll(heap.functions(here));
    }
    callbacks.all(here, called);
    return given(here, receivers, type);
  }

  /** Whether a call is that of a function. */
  private boolean callsIt(Member member, Class<?> owner) {
    return owner == ThreadLocal.class || (types.isFunctional(owner) && java.util.Arrays.stream(owner.getMethods())
        .anyMatch(each -> each.getName().equals(member.name()) && Modifier.isAbstract(each.getModifiers())));
  }

  private Value given(Foreign here, Set<Obj> receivers, Class<?> type) {
    if (type == void.class) return Value.NOTHING;
    Set<Obj> all = new LinkedHashSet<>();
    if (types.isHolder(type)) all.add(here);
    all.addAll(heap.inside(here));
    all.addAll(receivers);
    for (Obj each : heap.inside(here)) {
      if (each instanceof Obj.Type(Class<?> named) && named.isEnum()) all.addAll(fields.constants(named).objects());
    }
    return types.narrow(Value.of(all, true), type);
  }

  /** Looks at a call of code that is not analysed. */
  private void look(Member member, Class<?> owner, List<Value> operands, Site site) {
    Optional<Surroundings> read = Surroundings.readBy(member);
    if (read.isPresent()) {
      findings.look(member, read.get(), trace.path());
    } else if (isUnordered(member)) {
      unordered.add(site);
    } else if (goesThrough(member, owner, operands)) {
      findings.look(member, Surroundings.ORDER, trace.path());
    }
  }

  private static boolean isUnordered(Member member) {
    boolean factory = member.name().startsWith("of") || member.name().equals("copyOf");
    if (member.kind() != Member.Kind.STATIC || !factory) return false;
    int one = member.is(java.util.Set.class, null) ? 1 : member.is(Map.class, null) ? 2 : -1;
    boolean array = member.type().parameterCount() == 1 && (member.type().parameterType(0).isArray()
        || member.name().equals("copyOf"));
    return one > 0 && (array || member.type().parameterCount() > one);
  }

  private boolean goesThrough(Member member, Class<?> owner, List<Value> operands) {
    boolean walked = Surroundings.isWalk(member) && member.kind() == Member.Kind.VIRTUAL
        && isUnordered(operands.getFirst());
    boolean copied = ORDERED.contains(owner.getName())
        && operands.stream().skip(member.kind() == Member.Kind.STATIC ? 0 : 1).anyMatch(this::isUnordered);
    return walked || copied;
  }

  private boolean isUnordered(Value value) {
    return value.objects().stream().anyMatch(each -> each instanceof Foreign made && (unordered.contains(made.key())
        || (made.key() instanceof Identity(Object object) && UNORDERED.contains(object.getClass().getName())
            && (object instanceof Collection<?> all ? all.size() : ((Map<?, ?>) object).size()) > 1)));
  }
}
