package dev.pinion.inspect;

import dev.pinion.Definition;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Tickets;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.inspect.Lambdas.Lambda;
import dev.pinion.inspect.Obj.Identity;
import dev.pinion.inspect.Obj.Kind;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.Write;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The objects that {@code define} has left behind, as a handler finds them. */
final class LiveObjects {
  private final Types types;
  private final Heap heap;
  private final LiveHeap found;
  private final Predicate<String> texts;
  private final Consumer<String> wrong;
  private final Lookups lookups;
  private final Set<String> keys;
  private final Set<Obj> known = new HashSet<>();
  private final Map<Identity, Obj> owners = new HashMap<>();

  /**
   * The objects of a program.
   *
   * @param texts whether a text is followed
   * @param keys gets the texts by which something can be looked up
   * @param wrong told why an object that is found here must not be used in a handler
   */
  LiveObjects(Types types, Heap heap, LiveHeap found, Predicate<String> texts, Set<String> keys,
      Consumer<String> wrong) {
    this.types = types;
    this.heap = heap;
    this.found = found;
    this.texts = texts;
    this.keys = keys;
    this.lookups = new Lookups(found, this::isUsed);
    this.wrong = wrong;
  }

  Value value(@Nullable Object object) {
    if (object == null) return Value.NOTHING;
    if (object instanceof String text) return text(text);
    Optional<ResourceModel> resource = Definition.modelOf(object);
    if (resource.isPresent()) return Value.of(new Obj.Resource(Kind.of(object), resource.get().id()));
    if (types.isOfPinion(object.getClass())) return search(object);
    if (object instanceof Class<?> type) return types.isApps(type) ? Value.of(new Obj.Type(type)) : Value.OTHER;
    if (object instanceof Executable member && types.isApps(member.getDeclaringClass())) {
      return Value.of(
          member instanceof Method method ? new Obj.Reflected(method) : new Obj.Type(member.getDeclaringClass()));
    }
    return object(object);
  }

  /** An object of Pinion's that is no resource. */
  private Value search(Object object) {
    if (object instanceof Query query) return Value.of(new Obj.Search(query.index().orElse("")));
    if (object instanceof Scan scan) return Value.of(new Obj.Search(scan.index().orElse("")));
    if (object instanceof Tickets tickets) {
      return Value.of(new Obj.TicketBook(Optional.of(id(tickets, "secret")), Optional.of(id(tickets, "table"))));
    }
    if (object instanceof TransactGet get) return Value.of(new Obj.Part(table(get), RowOperation.GET_ITEM));
    if (object instanceof TransactWrite write) return Value.of(new Obj.Part(table(write), operation(write)));
    return object(object);
  }

  /** A text: followed where it may name an index or a class. */
  Value text(String text) {
    return texts.test(text) ? Value.of(new Obj.Text(text)) : Value.OTHER;
  }

  private String table(Object part) {
    return id(part, "table");
  }

  /** The id of the resource in a field. */
  private String id(Object object, String field) {
    return Definition.modelOf(read(object, field)).orElseThrow().id();
  }

  private RowOperation operation(TransactWrite part) {
    Write write = (Write) read(part, "write");
    if (write instanceof Write.Put) return RowOperation.PUT_ITEM;
    if (write instanceof Write.Delete) return RowOperation.DELETE_ITEM;
    return write instanceof Write.Check ? RowOperation.CONDITION_CHECK_ITEM : RowOperation.UPDATE_ITEM;
  }

  private Object read(Object object, String field) {
    try {
      return java.util.Objects.requireNonNull(found.get(object.getClass().getDeclaredField(field), object));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private Value object(Object object) {
    Class<?> type = object.getClass();
    if (found.isMethodOfApp(object)) throw new GiveUp("it uses a method handle that define has made");
    Lambda lambda = types.loader().lambda(object);
    if (lambda != null) return Value.of(closure(object, lambda));
    if (isMadeOfApp(type)) {
      throw new GiveUp("it uses an object of " + type.getName() + ", a class that is made while the app runs");
    }
    if (types.isApps(type)) return live(object);
    if (types.isOfPinion(type) || types.isOfHost(type)) return Value.OTHER;
    State.opened(object).ifPresent(wrong);
    if (!types.isHolder(type)) {
      return State.changes(object) ? Value.of(new Obj.State(new Identity(object))) : Value.OTHER;
    }
    Obj container = type.isArray() ? new Obj.Arr(new Identity(object), type.componentType())
        : new Obj.Foreign(new Identity(object), type, Obj.Known.EXACTLY);
    return filled(container, object);
  }

  /** Whether a class that has no file extends one of the app's, or is a lambda of the app's that was not remembered. */
  private boolean isMadeOfApp(Class<?> type) {
    if (types.isApps(type) || !types.isBelow(type) || java.lang.reflect.Proxy.isProxyClass(type)) return false;
    boolean lambda = type.isHidden() && type.getName().contains("$$Lambda");
    if (lambda) return types.isApps(types.load(type.getName().substring(0, type.getName().indexOf("$$Lambda"))));
    return Types.supertypes(type).stream().anyMatch(types::isApps);
  }

  private Value live(Object object) {
    Obj live = new Obj.Live(new Identity(object));
    heap.exists(live);
    return types.extendsForeign(object.getClass()) ? filled(live, object) : Value.of(live);
  }

  private Obj closure(Object object, Lambda lambda) {
    Obj.Closure closure = new Obj.Closure(
        new Identity(object),
        lambda.interfaces(),
        lambda.implementation(),
        lambda.method(),
        lambda.descriptors(),
        lambda.captured().size());
    heap.exists(closure);
    for (int i = 0; i < lambda.captured().size(); i++) {
      Object captured = lambda.captured().get(i);
      heap.field(closure, Integer.toString(i), () -> value(captured));
    }
    return closure;
  }

  private Value filled(Obj container, Object object) {
    if (known.add(container)) {
      keys.addAll(lookups.texts(object));
      heap.whenUsed(container, () -> fill(container, object));
    }
    return Value.of(container);
  }

  /** Lets containers meet that share what they hold, as a view and the map that it shows. */
  private void own(Obj container, Object object) {
    for (Object part : found.parts(object)) {
      Obj other = owners.putIfAbsent(new Identity(part), container);
      if (other != null && !other.equals(container)) heap.join(container, other);
    }
  }

  /** Whether a container that define has made, or another one that shows the same, has met others or been changed. */
  private boolean isUsed(Object object) {
    return heap.isUsed(new Obj.Foreign(new Identity(object), object.getClass(), Obj.Known.EXACTLY))
        || found.parts(object).stream().map(Identity::new).anyMatch(owners::containsKey);
  }

  private void fill(Obj container, Object object) {
    own(container, object);
    if (object instanceof Object[] array) {
      for (Object each : array) heap.add(container, value(each).objects(), array.getClass() != Object[].class);
    } else fill(container, found.of(object));
  }

  private void fill(Obj container, LiveHeap.Contents contents) {
    contents.elements().forEach(each -> heap.add(container, held(each).objects()));
    contents.functions().forEach(each -> heap.add(container, held(each).objects(), true));
  }

  /** An object in a container; what one outside the app holds is in the container as well. */
  private Value held(Object object) {
    boolean foreign = types.isHolder(object.getClass()) && !types.isOfPinion(object.getClass());
    if (!foreign || object instanceof Object[] || types.isFollowed(object)
        || object instanceof java.lang.reflect.AnnotatedElement || found.isMethodOfApp(object)) {
      return value(object);
    }
    State.opened(object).ifPresent(wrong);
    Obj inside = new Obj.Foreign(new Identity(object), object.getClass(), Obj.Known.EXACTLY);
    known.add(inside);
    own(inside, object);
    return Value.of(inside);
  }

  /** Lets a container hold what the process holds. */
  void fillWithProcess(Obj container) {
    Collection<Class<?>> libraries =
        types.loader().initialized().stream().filter(each -> types.owner(each) == Types.Owner.LIBRARY).toList();
    if (known.add(container)) fill(container, found.process(libraries));
  }

  /** What a key finds in a map that define has made; empty where the call has to be followed as any other. */
  Optional<Value> lookUp(Member member, List<Value> operands) {
    return lookups.found(member, operands).map(found -> {
      if (member.name().equals("containsKey")) return Value.OTHER;
      Value all = operands.size() > 2 ? operands.get(2) : Value.NOTHING;
      for (Object each : found) all = all.or(value(each));
      return all;
    });
  }

  /** What a field holds, as {@code define} has left it. */
  Value field(@Nullable Object object, Field field) {
    return value(found.get(field, object));
  }

  /** What a static field of a class outside the app holds; empty where the class is not initialized. */
  Optional<Value> foreignStatic(Field field) {
    if (!found.isInitialized(field.getDeclaringClass())) return Optional.empty();
    Object object = found.get(field, null);
    return Optional.of(object == null ? Value.OTHER : value(object));
  }

  /** All that define has made and that is followed. */
  List<Value> lambdas() {
    return types.loader().lambdas().keySet().stream().map(this::value).toList();
  }
}
