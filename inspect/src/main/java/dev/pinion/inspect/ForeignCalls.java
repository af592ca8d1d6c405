package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Calls of code that is not analysed, the JDK's and that of libraries that do not know Pinion.
 *
 * <p>Such code may keep all that it is given in any container that it is given, give it back, and call those methods of
 * it that it knows: a lambda's, and what overrides a method of its own. A library may also use by reflection what it is
 * given.
 */
final class ForeignCalls implements Outside {
  private final Types types;
  private final Heap heap;
  private final LiveObjects live;
  private final Fields fields;
  private final Initialization initialization;
  private final Callbacks callbacks;
  private final LibraryReflection reflection;
  private final SwitchMaps switches;
  private final Findings findings;
  private final Trace trace;

  ForeignCalls(
      Types types, Heap heap, LiveObjects live, Fields fields, Initialization initialization, Callbacks callbacks,
      LibraryReflection reflection, SwitchMaps switches, Findings findings, Trace trace) {
    this.types = types;
    this.heap = heap;
    this.live = live;
    this.fields = fields;
    this.initialization = initialization;
    this.callbacks = callbacks;
    this.reflection = reflection;
    this.switches = switches;
    this.findings = findings;
    this.trace = trace;
  }

  @Override
  public Value call(Member member, Class<?> owner, List<Value> operands, Site site) {
    if (ForeignCode.isReflection(member, owner)) {
      String reason = "it calls " + owner.getName() + "." + member.name() + ", and what that reaches cannot be known";
      findings.giveUp(reason, trace.path());
      return Value.OTHER;
    }
    if (owner == Objects.class && member.name().startsWith("requireNonNull") && operands.size() == 1) {
      return operands.getFirst();
    }
    if (ForeignCode.isPlainConstructor(member, owner)) return Value.NOTHING;
    if (member.name().equals("ordinal") && owner == Enum.class) return switches.ordinals(operands.getFirst());
    boolean ofEnum = owner == Enum.class && member.name().equals("getDeclaringClass");
    if (ofEnum || (owner == Object.class && member.name().equals("getClass"))) {
      Optional<Value> classes = classesOf(operands.getFirst(), ofEnum);
      if (classes.isPresent()) return classes.get();
    }
    Optional<Value> looked = java.util.Map.class.isAssignableFrom(owner) ? live.lookUp(member, operands)
        : Optional.empty();
    if (looked.isPresent()) return looked.get();
    if (owner == Enum.class && member.name().equals("valueOf")) return constants(operands.getFirst().objects());
    if (owner == Class.class && member.name().equals("forName")) return named(operands.getFirst());
    if (member.kind() == Member.Kind.VIRTUAL && State.isMutator(member.name())) {
      operands.getFirst().objects().forEach(fields::changes);
    }
    return exchange(member, owner, operands, site);
  }

  /** The classes of objects; empty where one is not known. */
  private static Optional<Value> classesOf(Value objects, boolean enums) {
    List<Obj> classes = new ArrayList<>();
    for (Obj each : objects.objects()) {
      each.ofApp().ifPresent(type -> classes.add(new Obj.Type(enums ? declaring(type) : type)));
    }
    boolean known = !objects.other() && !classes.isEmpty() && classes.size() == objects.objects().size();
    return known ? Optional.of(Value.of(classes, false)) : Optional.empty();
  }

  /** The enum of the class of a constant. */
  private static Class<?> declaring(Class<?> type) {
    return type.isEnum() ? type : type.getSuperclass();
  }

  private Value exchange(Member member, Class<?> owner, List<Value> operands, Site site) {
    Class<?> type = types.load(member.type().returnType());
    boolean something = operands.stream().anyMatch(each -> !each.objects().isEmpty());
    if (!something && !types.isHolder(type)) return Value.OTHER;
    boolean library = isLibrary(owner, operands.isEmpty() ? Value.OTHER : operands.getFirst());
    boolean reflects = library || ForeignCode.isReflective(owner) || named(operands);
    Foreign here = new Foreign(
        site, type == void.class ? Object.class : type, reflects ? Obj.Known.ANY : Obj.Known.BOUND);
    if (member.kind() == Member.Kind.STATIC && ForeignCode.isRegistry(member, owner)) {
      live.fillWithProcess(Fields.GLOBAL);
      heap.join(here, Fields.GLOBAL);
      makeByProperty(type, here);
    }
    Set<Obj> receivers = hold(here, member, operands);
    if (ForeignCode.givesOtherConstants(member, owner)) heap.add(here, siblings(heap.inside(here)));
    if (owner == java.lang.invoke.MethodHandles.Lookup.class) operands.forEach(this::initialize);
    if (reflects) heap.add(here, receivers.stream().filter(each -> Types.classOf(each).isPresent()).toList());
    if (reflects) reflection.use(here, arguments(member, operands), owner, site);
    if (member.name().contains("Annotation")) reflection.nameAnnotated(here, receivers);
    if (ForeignCode.updatesFields(owner)) reflection.exchangeFields(here);
    boolean element = !library && ForeignCode.isCollection(owner);
    callbacks.all(here, receivers, element);
    return given(here, receivers, type);
  }

  /** Makes what a factory of the JDK finds by a property of the system that has the name of its class. */
  private void makeByProperty(Class<?> type, Foreign here) {
    if (type == Object.class || type == void.class) return;
    for (Object each : System.getProperties().values()) {
      if (each instanceof String name && types.loader().own().contains(name)) {
        Class<?> named = types.load(name);
        if (type.isAssignableFrom(named)) reflection.make(named, here);
      }
    }
  }

  /** Whether a text that is given names a class of the app's, which then may be loaded and made. */
  private boolean named(List<Value> operands) {
    return operands.stream().anyMatch(each -> !classes(each).isEmpty());
  }

  private List<Obj> classes(Value names) {
    List<Obj> found = new ArrayList<>();
    for (Obj each : names.objects()) {
      if (each instanceof Obj.Text(String text)) {
        types.names().in(text).forEach(name -> found.add(new Obj.Type(types.load(name))));
      }
    }
    return found;
  }

  private boolean isLibrary(Class<?> owner, Value receiver) {
    return mayReflect(owner) || types.isApps(owner)
        || receiver.objects().stream().anyMatch(each -> each instanceof Foreign made && mayReflect(made.type()));
  }

  private boolean mayReflect(Class<?> type) {
    return types.owner(type) == Types.Owner.LIBRARY && !ForeignCode.isKotlins(type);
  }

  private static List<Value> arguments(Member member, List<Value> operands) {
    return operands.subList(operands.size() - member.type().parameterCount(), operands.size());
  }

  /** Lets a call's operands meet; what it is called on. */
  private Set<Obj> hold(Foreign here, Member member, List<Value> operands) {
    Set<Obj> receivers = new LinkedHashSet<>();
    int first = operands.size() - member.type().parameterCount();
    if (first > 0) receivers.addAll(operands.getFirst().objects());
    for (Obj each : receivers) {
      if (heap.isContainer(each)) heap.join(here, each);
      else heap.add(here, List.of(each), true);
    }
    heap.add(here, constants(receivers).objects());
    for (int i = first; i < operands.size(); i++) {
      Class<?> type = types.load(member.type().parameterType(i - first));
      heap.add(here, operands.get(i).objects(), type != Object.class);
      heap.add(here, constants(operands.get(i).objects()).objects());
      heap.add(here, classes(operands.get(i)));
    }
    return receivers;
  }

  /** The constants of enums, which methods such as EnumSet.allOf get by their classes. */
  private Value constants(Set<Obj> objects) {
    Value all = Value.NOTHING;
    for (Obj each : objects) {
      if (each instanceof Obj.Type(Class<?> type) && type.isEnum()) all = all.or(fields.constants(type));
    }
    return all;
  }

  /** All constants of the enums of which there are some. */
  private Set<Obj> siblings(Set<Obj> objects) {
    Set<Obj> all = new LinkedHashSet<>();
    for (Obj each : objects) {
      each.ofApp().filter(Enum.class::isAssignableFrom)
          .ifPresent(type -> all.addAll(fields.constants(declaring(type)).objects()));
    }
    return all;
  }

  /** A class by its name: one of the app's that is not known may be any. */
  private Value named(Value name) {
    List<Obj> found = classes(name);
    if (name.other()) types.loader().ownClasses().forEach(each -> found.add(new Obj.Type(each)));
    Value all = Value.of(found, true);
    initialize(all);
    return all;
  }

  private void initialize(Value classes) {
    for (Obj each : classes.objects()) {
      if (each instanceof Obj.Type(Class<?> type)) initialization.initialize(type);
    }
  }

  /** What a call gives back: anything that is in its container, the container, and what it was called on. */
  private Value given(Foreign here, Set<Obj> receivers, Class<?> type) {
    if (type == void.class) return Value.NOTHING;
    Set<Obj> all = new LinkedHashSet<>();
    if (types.isHolder(type)) all.add(here);
    all.addAll(heap.inside(here));
    all.addAll(receivers);
    callbacks.thrown(type).forEach(all::add);
    return types.narrow(Value.of(all, true), type);
  }

  /** Lets Pinion's codec make objects of a class. */
  void make(Class<?> type) {
    reflection.make(type, new Foreign("data", Object.class, Obj.Known.ANY));
  }

  /** Calls what define has given the process. */
  void callWhatTheProcessHolds() {
    live.fillWithProcess(Fields.GLOBAL);
    callbacks.all(Fields.GLOBAL, Set.of(), false);
  }

  /** Lets Pinion's own code read objects by reflection; it keeps none of them. */
  Value read(List<Value> operands, Class<?> type, Site site) {
    Foreign here = new Foreign(List.of(site, "read"), Object.class, Obj.Known.ANY);
    operands.forEach(each -> heap.add(here, each.objects()));
    reflection.use(here, List.of(), type, site);
    callbacks.all(here, Set.of(), true);
    if (type == void.class) return Value.NOTHING;
    Set<Obj> all = new LinkedHashSet<>();
    if (types.isHolder(type)) all.add(new Foreign(site, type, Obj.Known.BOUND));
    heap.inside(here).stream().filter(Obj.Made.class::isInstance).forEach(all::add);
    return types.narrow(Value.of(all, true), type);
  }
}
