package dev.pinion.inspect;

import dev.pinion.Definition;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.inspect.Lambdas.Lambda;
import dev.pinion.inspect.Obj.Identity;
import dev.pinion.inspect.Obj.Kind;
import dev.pinion.inspect.Types.Owner;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects that {@code define} has left behind, as a handler finds them. */
final class LiveObjects {
  private final Types types;
  private final Heap heap;
  private final Set<String> indexes;
  private final boolean lenient;
  private final Consumer<String> wrong;
  private final Set<Obj> known = new HashSet<>();

  /**
   * The objects of a program.
   *
   * @param lenient whether what cannot be read may be left out
   * @param wrong told why an object that is found here must not be used in a handler
   */
  LiveObjects(Types types, Heap heap, Set<String> indexes, boolean lenient, Consumer<String> wrong) {
    this.types = types;
    this.heap = heap;
    this.indexes = indexes;
    this.lenient = lenient;
    this.wrong = wrong;
  }

  Value value(@Nullable Object object) {
    if (object == null) return Value.NOTHING;
    if (object instanceof String text) return text(text);
    Optional<ResourceModel> resource = Definition.modelOf(object);
    if (resource.isPresent()) return Value.of(resource(resource.get()));
    return switch (object) {
      case Query query -> Value.of(new Obj.Search(query.index().orElse("")));
      case Scan scan -> Value.of(new Obj.Search(scan.index().orElse("")));
      case TransactGet _, TransactWrite _ -> Value.of(new Obj.Part());
      case Class<?> type when types.isApps(type) -> Value.of(new Obj.Type(type));
      default -> object(object);
    };
  }

  /** A text: followed where it may name an index. */
  Value text(String text) {
    return indexes.contains(text) ? Value.of(new Obj.Text(text)) : Value.OTHER;
  }

  private static Obj.Resource resource(ResourceModel model) {
    return new Obj.Resource(switch (model) {
      case TableModel _ -> Kind.TABLE;
      case WebSocketModel _ -> Kind.WEB_SOCKET;
      case ConfigModel _ -> Kind.CONFIG;
      case SecretModel _ -> Kind.SECRET;
    }, model.id());
  }

  private Value object(Object object) {
    Class<?> type = object.getClass();
    Lambda lambda = types.loader().lambda(object);
    if (lambda != null) return Value.of(closure(object, lambda));
    if (Proxy.isProxyClass(type))
      throw new GiveUp("it uses a " + Proxy.class.getName() + ", which calls by reflection");
    if (type.isHidden() && type.getClassLoader() == types.loader()) {
      throw new GiveUp("it uses an object of " + type.getName() + ", a class that is made while the app runs");
    }
    if (types.isApps(type)) return Value.of(new Obj.Live(new Identity(object)));
    if (types.owner(type) == Owner.PINION) return Value.OTHER;
    State.opened(object).ifPresent(wrong);
    if (!types.isHolder(type)) {
      return State.changes(object) ? Value.of(new Obj.State(new Identity(object))) : Value.OTHER;
    }
    Obj container = type.isArray() ? new Obj.Arr(new Identity(object)) : new Obj.Foreign(new Identity(object));
    if (known.add(container)) fill(container, object);
    return Value.of(container);
  }

  private Obj closure(Object object, Lambda lambda) {
    Obj.Closure closure = new Obj.Closure(
        new Identity(object),
        lambda.type(),
        lambda.implementation(),
        lambda.method(),
        lambda.captured().size());
    for (int i = 0; i < lambda.captured().size(); i++) {
      Object captured = lambda.captured().get(i);
      heap.field(closure, Integer.toString(i), () -> value(captured));
    }
    return closure;
  }

  private void fill(Obj container, Object object) {
    for (Object each : contents(object)) heap.add(container, value(each).objects());
  }

  /** What an object of a class that is not analysed holds, by its public methods where it has such. */
  @SuppressWarnings("CatchingUnchecked") // whatever a collection of the app's own throws
  private Collection<?> contents(Object object) {
    try {
      return switch (object) {
        case Object[] array -> copy(array);
        case Map<?, ?> map -> {
          List<@Nullable Object> all = new ArrayList<>(map.keySet());
          all.addAll(map.values());
          yield all;
        }
        case Collection<?> all -> new ArrayList<>(all);
        case Optional<?> optional -> optional.stream().toList();
        case AtomicReference<?> reference -> copy(reference.get());
        case Map.Entry<?, ?> entry -> copy(entry.getKey(), entry.getValue());
        case Reference<?> reference -> copy(reference.get());
        default -> anything(object);
      };
    } catch (GiveUp e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new GiveUp("what a " + object.getClass().getName() + " holds cannot be read: " + e);
    }
  }

  private static List<?> copy(@Nullable Object... objects) {
    return new ArrayList<>(Arrays.asList(objects));
  }

  /** What an unreadable object can hold of the app's: any lambda, or an object of a class that the JDK calls. */
  private Collection<?> anything(Object object) {
    for (Class<?> each : types.loader().used()) {
      if (isCalled(each)) {
        throw new GiveUp(
            "it uses a " + object.getClass().getName() + ", and what that holds cannot be read: it may be a "
                + each.getName());
      }
    }
    return types.loader().lambdas().keySet().stream()
        .filter(each -> value(each).objects().stream()
            .anyMatch(made -> made instanceof Obj.Closure closure && types.isForeignFunction(closure)))
        .toList();
  }

  private boolean isCalled(Class<?> type) {
    boolean foreign = Types.supertypes(type).stream()
        .anyMatch(each -> (types.owner(each) == Owner.JDK || types.owner(each) == Owner.LIBRARY)
            && each != Object.class && each != Record.class && each != Enum.class && each != Comparable.class
            && each != java.io.Serializable.class && each != java.lang.constant.Constable.class
            && !Throwable.class.isAssignableFrom(each));
    return foreign && !Modifier.isAbstract(type.getModifiers());
  }

  /** What a field holds, as {@code define} has left it. */
  Value field(@Nullable Object object, Field field) {
    try {
      field.setAccessible(true);
      return value(field.get(object));
    } catch (GiveUp e) {
      if (lenient) return Value.OTHER;
      throw e;
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw new GiveUp("field " + field + " cannot be read: " + e.getMessage());
    } catch (LinkageError e) {
      throw new GiveUp("class " + field.getDeclaringClass().getName() + " cannot be initialized: " + e.getCause());
    }
  }

  /** The constants of an enum. */
  Value constants(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    Value all = Value.NOTHING;
    for (int i = 0; constants != null && i < Array.getLength(constants); i++) all = all.or(value(constants[i]));
    return all;
  }
}
