package dev.pinion.inspect;

import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.inspect.Instructions.Site;
import dev.pinion.inspect.Member.Kind;
import dev.pinion.inspect.Types.Code;
import dev.pinion.inspect.Types.Owner;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which code a call reaches, by what its receiver may be. */
final class Calls {
  private final Analysis analysis;
  private final Types types;
  private final ForeignCalls foreign;
  private final PinionCalls pinion;
  private final DefineCalls define;

  Calls(Analysis analysis) {
    this.analysis = analysis;
    this.types = analysis.types();
    this.foreign = new ForeignCalls(analysis);
    this.pinion = new PinionCalls(analysis, foreign);
    this.define = new DefineCalls(analysis);
  }

  /**
   * What a call gives.
   *
   * @param operands the receiver, if there is one, then the arguments
   */
  Value call(Member member, List<Value> operands, Site site) {
    Class<?> owner = types.load(member.owner());
    return switch (member.kind()) {
      case STATIC -> isStatic(member, owner, operands, site);
      case SPECIAL -> special(member, owner, operands, site);
      case VIRTUAL -> isVirtual(member, owner, operands, site);
      case NEW -> {
        Value object = made(member.owner(), site);
        List<Value> all = new ArrayList<>(List.of(object));
        all.addAll(operands);
        Member constructor = new Member(Kind.SPECIAL, member.owner(), Member.CONSTRUCTOR, member.type());
        special(constructor, owner, all, site);
        yield object;
      }
    };
  }

  private Value isStatic(Member member, Class<?> owner, List<Value> operands, Site site) {
    if (types.isApps(owner)) initialize(owner);
    Optional<Code> code = types.find(owner, member.name(), member.type().descriptorString());
    return code.isPresent() ? analysis.call(code.get(), operands) : outside(member, owner, operands, site);
  }

  private Value special(Member member, Class<?> owner, List<Value> operands, Site site) {
    Optional<Code> code = types.find(owner, member.name(), member.type().descriptorString());
    return code.isPresent() ? analysis.call(code.get(), operands) : outside(member, owner, operands, site);
  }

  private Value outside(Member member, Class<?> owner, List<Value> operands, Site site) {
    if (types.owner(owner) == Owner.PINION) return pinion.call(member, operands, site);
    if (analysis.isDefinition()) define.look(member, owner, operands, site);
    return foreign.call(member, owner, operands, site, types.owner(owner) == Owner.LIBRARY);
  }

  private Value isVirtual(Member member, Class<?> owner, List<Value> operands, Site site) {
    Value receiver = operands.getFirst();
    if (receiver.isNothing()) return Value.NOTHING;
    boolean one = receiver.objects().size() == (receiver.other() ? 0 : 1) && !(receiver.other() && types.isApps(owner));
    return one ? dispatched(member, owner, operands, site)
        : analysis.maybe(() -> dispatched(member, owner, operands, site));
  }

  private Value dispatched(Member member, Class<?> owner, List<Value> operands, Site site) {
    Value receiver = operands.getFirst();
    List<Value> arguments = operands.subList(1, operands.size());
    Value result = Value.NOTHING;
    Set<Obj> rest = new LinkedHashSet<>();
    for (Obj each : receiver.objects()) {
      Optional<Value> reached = reached(each, member, arguments);
      if (reached.isPresent()) result = result.or(reached.get());
      else rest.add(each);
    }
    boolean unknown = receiver.other() && types.isApps(owner);
    if (unknown && receiver.objects().isEmpty()) {
      for (Obj each : new Fields(analysis).made(owner)) {
        result = result.or(reached(each, member, arguments).orElse(Value.NOTHING));
      }
    }
    if (rest.isEmpty() && (!receiver.other() || unknown)) return result;
    List<Value> remaining = new ArrayList<>(List.of(Value.of(rest, receiver.other())));
    remaining.addAll(arguments);
    return result.or(outside(member, outsider(member, owner), remaining, site));
  }

  /** For a method that an app's class has from the JDK or a library, the class that has its code. */
  private Class<?> outsider(Member member, Class<?> owner) {
    if (!types.isApps(owner)) return owner;
    return Types.supertypes(owner).stream().filter(each -> !types.isApps(each) && each != Object.class)
        .filter(each -> ForeignCalls.declares(each, member))
        .findFirst()
        .orElse(Object.class);
  }

  /** What one object's own code gives; empty when the app has no code for it. */
  private Optional<Value> reached(Obj object, Member member, List<Value> arguments) {
    if (object instanceof Obj.Closure closure) {
      return closure.method().equals(member.name()) && parameters(closure) == arguments.size()
          ? Optional.of(call(closure, arguments))
          : reached(object, closure.type(), member, arguments);
    }
    return Types.classOf(object).flatMap(type -> reached(object, type, member, arguments));
  }

  private Optional<Value> reached(Obj object, Class<?> type, Member member, List<Value> arguments) {
    return types.find(type, member.name(), member.type().descriptorString()).map(code -> {
      List<Value> all = new ArrayList<>(List.of(Value.of(object)));
      all.addAll(arguments);
      return analysis.call(code, all);
    });
  }

  /** How many parameters the functional interface's method has. */
  static int parameters(Obj.Closure closure) {
    int all = closure.target().type().parameterCount();
    if (closure.target().kind() == Kind.VIRTUAL || closure.target().kind() == Kind.SPECIAL) all++;
    return all - closure.captured();
  }

  /** What a lambda gives. */
  Value call(Obj.Closure closure, List<Value> arguments) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < closure.captured(); i++) {
      all.add(analysis.heap().field(closure, Integer.toString(i), () -> Value.NOTHING));
    }
    all.addAll(arguments);
    return call(closure.target(), all, new Site(closure, 0));
  }

  /** What a method of an app's object gives when code that is not analysed calls it with anything of a kind. */
  Value callBack(Obj object, Method method, List<Value> arguments) {
    MethodTypeDesc type = java.lang.invoke.MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .describeConstable().orElseThrow();
    Member member = new Member(Kind.VIRTUAL, method.getDeclaringClass().getName(), method.getName(), type);
    return reached(object, method.getDeclaringClass(), member, arguments).orElse(Value.NOTHING);
  }

  /** A new object, before its constructor is called. */
  Value made(String name, Site site) {
    Class<?> type = types.load(name);
    if (type == Query.class || type == Scan.class) return Value.of(new Obj.Search("*"));
    if (!types.isApps(type)) {
      return types.isHolder(type) ? Value.of(List.of(new Obj.Foreign(site)), false) : Value.OTHER;
    }
    initialize(type);
    return Value.of(new Obj.Fresh(site, type));
  }

  void initialize(Class<?> type) {
    for (Class<?> each : Types.supertypes(type)) {
      if (types.isApps(each) && (analysis.isDefinition() || !types.initialized(each))) {
        types.find(each, "<clinit>", "()V").filter(code -> code.owner() == each)
            .ifPresent(code -> analysis.call(code, List.of()));
      }
    }
  }

  boolean isInitialized(Class<?> type) {
    return types.initialized(type);
  }

  /** Lets a class be made of data, as a message's body is. */
  void make(Class<?> type) {
    foreign.make(type, new Obj.Foreign("data " + type.getName()));
  }

  /** Lets Pinion read an object, as it reads a handler's answer. */
  void read(Value value) {
    foreign.exchange(new Obj.Foreign("answer"), value.objects(), true, Object.class);
  }

  /** Takes note that a handler changes what outlives it, where it is an object that define has made. */
  void changes(Obj object) {
    Object changed = switch (object) {
      case Obj.Foreign(Obj.Identity(Object live)) -> live;
      case Obj.Arr(Obj.Identity(Object live)) -> live;
      case Obj.State(Obj.Identity(Object live)) -> live;
      default -> null;
    };
    if (changed != null) analysis.findings().change(State.changed(changed), analysis.path());
  }
}
