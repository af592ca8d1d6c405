package dev.pinion.inspect;

import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.inspect.ClassFiles.Code;
import dev.pinion.inspect.Member.Kind;
import dev.pinion.inspect.Selection.Declared;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which code a call reaches, by what its receiver may be. */
final class Calls implements Caller {
  private final Types types;
  private final ClassFiles files;
  private final Methods methods;
  private final Heap heap;
  private final Initialization initialization;
  private final Execution execution;
  private final Unknowns unknowns;
  private final Outside outside;

  /**
   * Calls.
   *
   * @param outside makes what follows calls of code outside the app, which may call back
   */
  Calls(
      Types types, ClassFiles files, Methods methods, Heap heap, Initialization initialization, Execution execution,
      Unknowns unknowns, Function<Caller, Outside> outside) {
    this.types = types;
    this.files = files;
    this.methods = methods;
    this.heap = heap;
    this.initialization = initialization;
    this.execution = execution;
    this.unknowns = unknowns;
    this.outside = outside.apply(this);
  }

  /**
   * What a call gives.
   *
   * @param operands the receiver, if there is one, then the arguments
   */
  Value call(Member member, Site site, List<Value> operands) {
    Class<?> owner = types.load(member.owner());
    return switch (member.kind()) {
      case STATIC -> {
        initialization.initialize(owner);
        yield direct(member, owner, site, operands);
      }
      case SPECIAL -> direct(member, owner, site, operands);
      case VIRTUAL -> virtual(member, owner, operands, site);
      case NEW -> {
        Value object = made(owner, site);
        List<Value> all = new ArrayList<>(List.of(object));
        all.addAll(operands);
        direct(new Member(Kind.SPECIAL, member.owner(), Member.CONSTRUCTOR, member.type()), owner, site, all);
        yield object;
      }
    };
  }

  private Value direct(Member member, Class<?> owner, Site site, List<Value> operands) {
    Class<?> caller = site.code() == null ? owner : site.code().owner();
    Optional<Declared> method = methods.call(member, owner, caller);
    Optional<Code> code = method.flatMap(files::code);
    if (code.isPresent()) return execution.invoke(code.get(), operands);
    return outside(member, method.<Class<?>>map(Declared::owner).orElse(owner), operands, site);
  }

  private Value virtual(Member member, Class<?> owner, List<Value> operands, Site site) {
    Value receiver = types.narrow(operands.getFirst(), owner);
    if (receiver.isNothing() && !ForeignCode.isReflection(member, owner)) return Value.NOTHING;
    List<Value> all = new ArrayList<>(operands);
    all.set(0, receiver);
    boolean one = receiver.isOne() || receiver.objects().isEmpty();
    return one ? dispatched(member, owner, all, site)
        : execution.maybe(() -> dispatched(member, owner, all, site));
  }

  private Value dispatched(Member member, Class<?> owner, List<Value> operands, Site site) {
    Value receiver = unknowns.expanded(operands.getFirst());
    List<Value> arguments = operands.subList(1, operands.size());
    Optional<Declared> resolved = methods.resolve(owner, member.name(), member.type().descriptorString());
    Value result = Value.NOTHING;
    Set<Obj> rest = new LinkedHashSet<>();
    Class<?> code = resolved.<Class<?>>map(Declared::owner).orElse(owner);
    for (Obj each : receiver.objects()) {
      Optional<Declared> selected = resolved.flatMap(method -> selected(each, method));
      if (each instanceof Obj.Closure closure && resolved.filter(m -> Methods.implemented(closure, m)).isPresent()) {
        result = result.or(invoke(closure, arguments));
      } else if (selected.flatMap(files::code).isPresent()) {
        result = result.or(invoke(each, selected.get(), arguments));
      } else {
        rest.add(each);
        if (selected.isPresent()) code = selected.get().owner();
      }
    }
    if (rest.isEmpty() && !receiver.other()) return result;
    List<Value> remaining = new ArrayList<>(List.of(Value.of(rest, receiver.other())));
    remaining.addAll(arguments);
    Class<?> declaring = rest.isEmpty() || types.isOfPinion(owner) ? owner : code;
    return result.or(outside(member, declaring, remaining, site));
  }

  private Value outside(Member member, Class<?> owner, List<Value> operands, Site site) {
    return outside.call(member, owner, operands.stream().map(Value::withoutNumbers).toList(), site);
  }

  private Optional<Declared> selected(Obj object, Declared method) {
    return object instanceof Obj.Closure closure ? methods.select(method, closure)
        : Types.classOf(object).flatMap(type -> methods.select(method, type));
  }

  @Override
  public Value invoke(Obj object, Declared method, List<Value> arguments) {
    List<Value> all = new ArrayList<>(List.of(Value.of(object)));
    all.addAll(arguments);
    return invoke(method, all);
  }

  @Override
  public Value invoke(Declared method, List<Value> arguments) {
    if (method.isStatic()) initialization.initialize(method.owner());
    return files.code(method).map(code -> execution.invoke(code, arguments)).orElse(Value.NOTHING);
  }

  @Override
  public Value invoke(Obj.Closure closure, List<Value> arguments) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < closure.captured(); i++) {
      all.add(heap.field(closure, Integer.toString(i), () -> Value.NOTHING));
    }
    all.addAll(arguments);
    List<Class<?>> parameters = parameters(closure.target());
    for (int i = 0; i < all.size() && i < parameters.size(); i++) {
      boolean plain = parameters.get(i).isPrimitive();
      if (!plain) all.set(i, types.narrow(all.get(i).withoutNumbers(), parameters.get(i)));
    }
    return call(closure.target(), Site.of(closure), all).withoutNumbers();
  }

  private List<Class<?>> parameters(Member target) {
    List<Class<?>> all = new ArrayList<>();
    if (target.kind() == Kind.VIRTUAL || target.kind() == Kind.SPECIAL) all.add(types.load(target.owner()));
    MethodTypeDesc type = target.type();
    for (int i = 0; i < type.parameterCount(); i++) all.add(types.load(type.parameterType(i)));
    return all;
  }

  /** A new object, before its constructor is called. */
  Value made(Class<?> type, Site site) {
    if (type == Query.class || type == Scan.class) return Value.of(new Obj.Search("*"));
    if (!types.isApps(type)) {
      return types.isHolder(type) ? Value.of(new Obj.Foreign(site, type, Obj.Known.EXACTLY)) : Value.OTHER;
    }
    initialization.initialize(type);
    Obj made = new Obj.Fresh(site, type);
    heap.exists(made);
    return Value.of(made);
  }
}
