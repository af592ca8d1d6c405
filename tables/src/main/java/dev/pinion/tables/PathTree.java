package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Attribute.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Document paths by their steps, with something at the end of each. No path may be the beginning of another, and no
 * place can be a map by one path and a list by another.
 */
final class PathTree<T> {
  private final Map<Step, PathTree<T>> children = new LinkedHashMap<>();
  private @Nullable Attribute path;
  private @Nullable T end;

  Map<Step, PathTree<T>> children() {
    return children;
  }

  /** What stands at this place; null where a path only passes. */
  @Nullable
  T end() {
    return end;
  }

  /** Whether the paths through this place lead into a list. */
  boolean isList() {
    return children.keySet().stream().anyMatch(Step.Index.class::isInstance);
  }

  /** Adds a path, unless it overlaps or conflicts with one that is there. */
  void add(Attribute longer, T what, ExpressionKind kind) {
    PathTree<T> place = this;
    for (Step step : longer.steps()) {
      if (place.path != null) {
        throw clash(kind, "overlap", place.path, longer);
      }
      if (!place.children.isEmpty() && place.isList() != step instanceof Step.Index) {
        throw clash(kind, "conflict", place.anyPath(), longer);
      }
      place = place.children.computeIfAbsent(step, _ -> new PathTree<>());
    }
    if (place.path != null || !place.children.isEmpty()) {
      throw clash(kind, "overlap", place.anyPath(), longer);
    }
    place.path = longer;
    place.end = what;
  }

  private Attribute anyPath() {
    PathTree<T> place = this;
    while (place.path == null) {
      place = place.children.values().iterator().next();
    }
    return place.path;
  }

  private static RuntimeException clash(
      ExpressionKind kind, String how, Attribute one, Attribute two) {
    return kind.invalid(
        "Two document paths "
            + how
            + " with each other; must remove or rewrite one of these paths; path one: "
            + text(one)
            + ", path two: "
            + text(two));
  }

  /** A path as DynamoDB's messages write it, such as {@code [address, lines, [0]]}. */
  static String text(Attribute path) {
    return path.steps().stream()
        .map(
            step -> switch (step) {
              case Step.Name(String name) -> name;
              case Step.Index(int index) -> "[" + index + "]";
            })
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
