package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Obj.Identity;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a key finds in a map that {@code define} has made: its own value, where the key is a known text, class or enum
 * constant, and as long as nothing else of what the handler does uses the map.
 */
final class Lookups {
  /** Maps of the JDK that compare texts, classes and enum constants by equals, and call nothing of the app's. */
  private static final Set<String> MAPS = Set.of(
      "java.util.HashMap",
      "java.util.LinkedHashMap",
      "java.util.Hashtable",
      "java.util.TreeMap",
      "java.util.EnumMap",
      "java.util.ImmutableCollections$Map1",
      "java.util.ImmutableCollections$MapN",
      "java.util.Collections$SingletonMap",
      "java.util.concurrent.ConcurrentHashMap",
      "java.util.concurrent.ConcurrentSkipListMap");
  /** Views that ask the map in a field of theirs. */
  private static final Set<String> VIEWS = Set.of(
      "java.util.Collections$UnmodifiableMap",
      "java.util.Collections$UnmodifiableSequencedMap",
      "java.util.Collections$SynchronizedMap");
  /** Maps with more keys are not looked into. */
  private static final int MOST_KEYS = 256;

  private final LiveHeap found;
  private final Predicate<Object> used;

  /**
   * Look-ups.
   *
   * @param used whether something else has used a map
   */
  Lookups(LiveHeap found, Predicate<Object> used) {
    this.found = found;
    this.used = used;
  }

  /** The texts that are keys of a map that define has made; none where an object is no such map. */
  List<String> texts(Object object) {
    return map(object).stream().flatMap(map -> map.keySet().stream())
        .filter(String.class::isInstance).map(String.class::cast).toList();
  }

  /**
   * The objects that a call gets by its keys; empty where it has to be followed as any call.
   *
   * @param operands the map, the key, then what else is given
   */
  Optional<List<Object>> found(Member member, List<Value> operands) {
    boolean gets = member.name().equals("get") ? operands.size() == 2
        : member.name().equals("getOrDefault") || member.name().equals("containsKey");
    if (!gets || member.kind() != Member.Kind.VIRTUAL) return Optional.empty();
    Optional<List<Object>> keys = keys(operands.get(1));
    Optional<List<Map<?, ?>>> maps = keys.isEmpty() ? Optional.empty() : maps(operands.getFirst());
    if (maps.isEmpty()) return Optional.empty();
    List<Object> values = new ArrayList<>();
    for (Map<?, ?> map : maps.get()) {
      map.forEach((key, value) -> {
        if (value != null && (key == null || keys.get().contains(key))) values.add(value);
      });
    }
    return Optional.of(values);
  }

  private Optional<List<Map<?, ?>>> maps(Value receiver) {
    if (receiver.other() || receiver.objects().isEmpty()) return Optional.empty();
    List<Map<?, ?>> all = new ArrayList<>();
    for (Obj each : receiver.objects()) {
      boolean live = each instanceof Foreign(Identity(Object object), var _, Obj.Known known)
          && known == Obj.Known.EXACTLY && !used.test(object);
      Optional<Map<?, ?>> map = live ? map(((Identity) each.key()).object()) : Optional.empty();
      if (map.isEmpty()) return Optional.empty();
      all.add(map.get());
    }
    return Optional.of(all);
  }

  private Optional<Map<?, ?>> map(Object object) {
    Object map = object;
    for (@Nullable Object each = object; each != null; each = behind(each)) map = each;
    if (!MAPS.contains(map.getClass().getName()) || !(map instanceof Map<?, ?> plain)) return Optional.empty();
    boolean ordered = plain instanceof SortedMap<?, ?> sorted && sorted.comparator() != null;
    return ordered || plain.size() > MOST_KEYS ? Optional.empty() : Optional.of(plain);
  }

  private @Nullable Object behind(Object view) {
    for (@Nullable Class<?> each = view.getClass(); each != null; each = each.getSuperclass()) {
      if (!VIEWS.contains(each.getName())) continue;
      try {
        Field field = each.getDeclaredField("m");
        return found.get(field, view);
      } catch (NoSuchFieldException _) {
        // The field is that of the class above it.
      }
    }
    return null;
  }

  /** The texts, classes and enum constants that a value is one of; empty where it may be something else. */
  private static Optional<List<Object>> keys(Value value) {
    if (value.other() || value.objects().isEmpty()) return Optional.empty();
    List<Object> keys = new ArrayList<>();
    for (Obj each : value.objects()) {
      switch (each) {
        case Obj.Text(String text) -> keys.add(text);
        case Obj.Type(Class<?> type) -> keys.add(type);
        case Obj.Live(Identity(Object object)) when object instanceof Enum<?> -> keys.add(object);
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(keys);
  }
}
