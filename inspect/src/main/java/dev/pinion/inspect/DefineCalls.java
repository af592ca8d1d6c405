package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code define}, and the constructors and static initializers that it reaches, call of the JDK. */
final class DefineCalls implements Outside {
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
  private final UnorderedObjects unordered;
  private final FixedClocks clocks = new FixedClocks();

  DefineCalls(Types types, Heap heap, Callbacks callbacks, Fields fields, Findings findings, Trace trace) {
    this.types = types;
    this.heap = heap;
    this.callbacks = callbacks;
    this.fields = fields;
    this.findings = findings;
    this.trace = trace;
    this.unordered = new UnorderedObjects(heap);
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
      else if (!UnorderedObjects.looksOnly(member)) heap.add(here, objects, function);
    }
    for (Obj each : receivers) {
      if (heap.isContainer(each)) heap.join(here, each);
      if (callsIt(member, owner)) called.addAll(heap.functions(here));
    }
    callbacks.all(here, called);
    return UnorderedObjects.makes(member) && types.isHolder(type) ? Value.of(List.of(here), true)
        : given(here, receivers, type);
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
    clocks.look(member, operands, site);
    Optional<Surroundings> read = Surroundings.readBy(member);
    if (read.isPresent()) {
      boolean fixed = read.get() == Surroundings.CLOCK && clocks.isRead(operands);
      if (!fixed) findings.look(member, read.get(), trace.path());
    } else if (unordered.goesThrough(member, owner, operands, site)) {
      findings.look(member, Surroundings.ORDER, trace.path());
    }
  }
}
