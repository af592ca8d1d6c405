package dev.pinion.spi;

import dev.pinion.spi.MessageType.AnyType;
import dev.pinion.spi.MessageType.EnumType;
import dev.pinion.spi.MessageType.ListType;
import dev.pinion.spi.MessageType.MapType;
import dev.pinion.spi.MessageType.OptionalType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the model of one route's type from its class, and collects what is not supported. Used once, by one thread. */
final class TypeReader {
  static final ClassValue<Result> TYPES =
      new ClassValue<>() {
        @Override
        protected Result computeValue(Class<?> type) {
          return new TypeReader().root(type);
        }
      };

  private static final Set<Class<?>> LISTS =
      Set.of(List.class, Collection.class, SequencedCollection.class, Iterable.class);
  private static final Set<Class<?>> SETS = Set.of(Set.class, SequencedSet.class);
  private static final Set<Class<?>> MAPS = Set.of(Map.class, SequencedMap.class);
  private static final int MOST_TYPES = 500;

  private final Map<Key, MessageType> known = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** A generic type with its arguments. Compared by methods of its own: to link a record's takes milliseconds. */
  private record Key(Class<?> raw, List<MessageType> arguments) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key(Class<?> type, List<MessageType> its) && raw == type && arguments.equals(its);
    }

    @Override
    public int hashCode() {
      return 31 * raw.hashCode() + arguments.hashCode();
    }
  }

  /** What the variables of a generic record stand for. */
  private record Scope(String owner, Map<TypeVariable<?>, MessageType> variables) {
    Scope(String owner) {
      this(owner, Map.of());
    }

    Scope at(RecordComponent component) {
      return new Scope(Tags.name(component.getDeclaringRecord()) + "." + component.getName(), variables);
    }
  }

  /** A model, or why there is none. */
  record Result(MessageType model, List<String> problems) {
    MessageType orThrow() {
      if (!problems.isEmpty()) throw new UnsupportedTypeException(problems);
      return model;
    }
  }

  private Result root(Class<?> type) {
    MessageType model;
    if (type == Optional.class || (type.getTypeParameters().length > 0 && !isCollection(type))) {
      String name = Tags.name(type);
      model = unsupported(
          name + " has type parameters, which a route's own type cannot have: use a record with a component of it, such"
              + " as record Message(" + name + "<String> value)");
    } else {
      model = plain(type, List.of(), new Scope(""));
    }
    return new Result(model, List.copyOf(problems));
  }

  private static boolean isCollection(Class<?> type) {
    return LISTS.contains(type) || SETS.contains(type) || MAPS.contains(type);
  }

  private MessageType unsupported(String problem) {
    problems.add(problem);
    return AnyType.ANY;
  }

  private MessageType read(AnnotatedType annotated, Scope scope) {
    MessageType type = unannotated(annotated, scope);
    return Nullness.isNullable(annotated) ? nullable(type) : type;
  }

  private static MessageType nullable(MessageType type) {
    return type instanceof OptionalType ? type : new OptionalType(type, false);
  }

  private MessageType unannotated(AnnotatedType annotated, Scope scope) {
    if (annotated instanceof AnnotatedWildcardType wildcard) {
      return read(wildcard.getAnnotatedUpperBounds()[0], scope);
    }
    Type type = annotated.getType();
    if (type instanceof TypeVariable<?> variable) {
      MessageType argument = scope.variables().get(variable);
      return argument == null ? read(variable.getAnnotatedBounds()[0], scope) : argument;
    }
    if (annotated instanceof AnnotatedParameterizedType generic
        && type instanceof ParameterizedType parameterized
        && parameterized.getRawType() instanceof Class<?> raw) {
      List<MessageType> arguments = new ArrayList<>();
      for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
        arguments.add(read(argument, scope));
      }
      return plain(raw, arguments, scope);
    }
    return type instanceof Class<?> plain
        ? plain(plain, List.of(), scope)
        : unsupported(Substitutes.of(type, scope.owner()));
  }

  /** Reads a class with its arguments; none for a raw type, whose arguments can then be anything. */
  private MessageType plain(Class<?> raw, List<MessageType> arguments, Scope scope) {
    Optional<ScalarType> scalar = ScalarType.of(raw);
    if (scalar.isPresent()) return scalar.get();
    MessageType last = arguments.isEmpty() ? AnyType.ANY : arguments.getLast();
    if (raw == Object.class) return AnyType.ANY;
    if (raw == Optional.class) return new OptionalType(last, true);
    if (LISTS.contains(raw) || SETS.contains(raw)) return new ListType(orNull(last), SETS.contains(raw));
    if (MAPS.contains(raw)) return map(arguments.isEmpty() ? ScalarType.TEXT : arguments.getFirst(), last, scope);
    if (raw.isEnum()) return new EnumType(raw);
    if (!raw.isRecord() && !(raw.isInterface() && raw.isSealed())) {
      return unsupported(Substitutes.of(raw, scope.owner()));
    }
    if (raw.getTypeParameters().length != arguments.size()) {
      return unsupported(
          Substitutes.at(scope.owner(), raw) + "has type parameters: write them, such as " + Tags.name(raw)
              + "<String>");
    }
    return known(new Key(raw, List.copyOf(arguments)), scope);
  }

  /** An array of anything, and an object with any values, may hold null. */
  private static MessageType orNull(MessageType type) {
    return type == AnyType.ANY ? nullable(type) : type;
  }

  private MessageType map(MessageType key, MessageType value, Scope scope) {
    MessageType text = key == AnyType.ANY ? ScalarType.TEXT : key;
    boolean hasText = text instanceof EnumType || (text instanceof ScalarType scalar && scalar.isKey());
    if (!hasText) {
      return unsupported(
          scope.owner() + " is a map whose keys have no text: use String, an enum, a whole number or UUID as its key");
    }
    return new MapType(text, orNull(value));
  }

  private MessageType known(Key key, Scope scope) {
    MessageType earlier = known.get(key);
    if (earlier != null) return earlier;
    if (known.size() == MOST_TYPES) {
      return unsupported(scope.owner() + " contains its own type with ever more arguments: use one of a fixed type");
    }
    return key.raw().isRecord() ? record(key) : sealed(key);
  }

  private MessageType record(Key key) {
    RecordType record = new RecordType(key.raw(), tag(key.raw()));
    known.put(key, record);
    Scope scope = new Scope("", variables(key.raw(), key.arguments()));
    List<RecordType.Component> components = new ArrayList<>();
    for (RecordComponent each : key.raw().getRecordComponents()) {
      MessageType type = read(each.getAnnotatedType(), scope.at(each));
      components.add(new RecordType.Component(each.getName(), Nullness.isNullable(each) ? nullable(type) : type));
    }
    record.tag().map(RecordType.Tag::member)
        .filter(member -> components.stream().anyMatch(each -> each.name().equals(member)))
        .ifPresent(
            member -> problems.add(
                Tags.name(key.raw()) + "." + member + " has the name of the discriminator, the member that names the"
                    + " record: rename it, or name another member with @Discriminator on the sealed interface"));
    record.complete(components);
    return record;
  }

  private Optional<RecordType.Tag> tag(Class<?> type) {
    try {
      return RecordType.tagOf(type);
    } catch (UnsupportedTypeException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static Map<TypeVariable<?>, MessageType> variables(Class<?> type, List<MessageType> arguments) {
    Map<TypeVariable<?>, MessageType> variables = new HashMap<>();
    TypeVariable<?>[] parameters = type.getTypeParameters();
    for (int i = 0; i < parameters.length; i++) {
      variables.put(parameters[i], arguments.get(i));
    }
    return variables;
  }

  private MessageType sealed(Key key) {
    SealedType sealed = new SealedType(Tags.member(key.raw()));
    known.put(key, sealed);
    Map<String, RecordType> records = new LinkedHashMap<>();
    permitted(key, records, Tags.name(key.raw()));
    sealed.complete(records);
    return sealed;
  }

  private void permitted(Key sealed, Map<String, RecordType> records, String root) {
    for (Class<?> type : permittedSubclasses(sealed.raw())) {
      List<MessageType> arguments = arguments(type, sealed);
      if (type.isInterface() && type.isSealed()) {
        permitted(new Key(type, arguments), records, root);
      } else if (!type.isRecord()) {
        problems.add(root + " permits " + Tags.name(type) + ", which is not a record: make it one");
      } else if (known(new Key(type, arguments), new Scope(root)) instanceof RecordType record) {
        String value = record.tag().map(RecordType.Tag::value).orElseGet(type::getSimpleName);
        RecordType other = records.putIfAbsent(value, record);
        if (other != null && other.type() != type) {
          problems.add(
              root + " permits two records with the discriminator '" + value
                  + "': give one another with @DiscriminatorValue");
        }
      }
    }
  }

  private static Class<?>[] permittedSubclasses(Class<?> sealed) {
    Class<?> @Nullable [] permitted = sealed.getPermittedSubclasses();
    return permitted == null ? new Class<?>[0] : permitted;
  }

  /** Returns a permitted class's own arguments, from what it hands on to the sealed interface; otherwise anything. */
  private static List<MessageType> arguments(Class<?> type, Key sealed) {
    List<MessageType> arguments = new ArrayList<>();
    for (TypeVariable<?> parameter : type.getTypeParameters()) {
      MessageType found = AnyType.ANY;
      for (Type parent : type.getGenericInterfaces()) {
        if (parent instanceof ParameterizedType generic && generic.getRawType() == sealed.raw()) {
          int position = List.of(generic.getActualTypeArguments()).indexOf(parameter);
          found = position < 0 ? found : sealed.arguments().get(position);
        }
      }
      arguments.add(found);
    }
    return arguments;
  }
}
