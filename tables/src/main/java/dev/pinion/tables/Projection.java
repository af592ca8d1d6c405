package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Attribute.Step;
import dev.pinion.AttributeValue;
import dev.pinion.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of a row a read returns. A selected list element keeps its order, not its index.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html">
 *     DynamoDB: projection expressions</a>
 */
final class Projection {
  private final @Nullable PathTree<Attribute> paths;

  private Projection(@Nullable PathTree<Attribute> paths) {
    this.paths = paths;
  }

  /**
   * A projection on some attributes, on all when there are none.
   *
   * @throws dev.pinion.ValidationException when two of them overlap, or one leads into a key
   */
  static Projection of(List<Attribute> attributes, TableLayout table) {
    if (attributes.isEmpty()) {
      return new Projection(null);
    }
    PathTree<Attribute> paths = new PathTree<>();
    for (Attribute attribute : attributes) {
      Paths.check(attribute, ExpressionKind.PROJECTION);
      table.scalarKeys(attribute);
      paths.add(attribute, attribute, ExpressionKind.PROJECTION);
    }
    return new Projection(paths);
  }

  Item of(Item item) {
    return paths == null ? item : Item.of(selected(item.attributes(), paths));
  }

  private static SequencedMap<String, AttributeValue> selected(
      Map<String, AttributeValue> values, PathTree<Attribute> paths) {
    SequencedMap<String, AttributeValue> selected = new LinkedHashMap<>();
    paths
        .children()
        .forEach(
            (step, rest) -> {
              if (step instanceof Step.Name(String name)) {
                AttributeValue value = selected(values.get(name), rest);
                if (value != null) {
                  selected.put(name, value);
                }
              }
            });
    return selected;
  }

  private static @Nullable AttributeValue selected(
      @Nullable AttributeValue value, PathTree<Attribute> paths) {
    if (value == null || paths.end() != null) {
      return value;
    } else if (value instanceof AttributeValue.M(var values)) {
      var selected = selected(values, paths);
      return selected.isEmpty() ? null : new AttributeValue.M(selected);
    } else if (value instanceof AttributeValue.L(var values)) {
      var selected = selected(values, paths);
      return selected.isEmpty() ? null : new AttributeValue.L(selected);
    }
    return null;
  }

  private static List<AttributeValue> selected(
      List<AttributeValue> values, PathTree<Attribute> paths) {
    List<AttributeValue> selected = new ArrayList<>();
    paths.children().entrySet().stream()
        .filter(entry -> entry.getKey() instanceof Step.Index)
        .sorted(Comparator.comparingInt(entry -> ((Step.Index) entry.getKey()).index()))
        .forEach(
            entry -> {
              int index = ((Step.Index) entry.getKey()).index();
              AttributeValue value =
                  selected(index < values.size() ? values.get(index) : null, entry.getValue());
              if (value != null) {
                selected.add(value);
              }
            });
    return selected;
  }
}
