package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.spi.Expressions;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operations on tables as texts for people. Any thread. */
record RowTexts(JsonCodec json) {
  private static final Pattern PLACEHOLDER = Pattern.compile("#n\\d+|:v\\d+");

  /** Returns the JSON of a row, without the types of its values. */
  String of(Item item) {
    return json.write(plain(item.attributes()));
  }

  String of(Key key) {
    return of(key.attributes());
  }

  /** Returns what a write does. */
  String of(Write write) {
    Expressions expressions = new Expressions();
    String what = switch (write) {
      case Write.Put put -> of(put.item());
      case Write.Delete delete -> of(delete.key());
      case Write.Check check -> of(check.key());
      case Write.UpdateItem update -> of(update.key()) + " "
          + resolved(Optional.ofNullable(expressions.update(update.updates())).orElse(""), expressions);
    };
    return what + condition(" if ", write.condition());
  }

  String of(TableModel table, Query query) {
    Expressions expressions = new Expressions();
    String keys = resolved(expressions.keyCondition(table, query), expressions);
    return query.index().map(name -> name + ": ").orElse("") + keys + condition(" filter ", query.filter())
        + (query.limit().isPresent() ? " limit " + query.limit().getAsInt() : "");
  }

  String of(Scan scan) {
    return scan.index().map(name -> name + ": ").orElse("") + "all rows" + condition(" filter ", scan.filter())
        + (scan.limit().isPresent() ? " limit " + scan.limit().getAsInt() : "");
  }

  private String condition(String label, Optional<Condition> condition) {
    if (condition.isEmpty()) return "";
    Expressions expressions = new Expressions();
    return label + resolved(Optional.ofNullable(expressions.condition(condition)).orElse(""), expressions);
  }

  /** Puts names and values in place of their placeholders. */
  private String resolved(String expression, Expressions expressions) {
    Map<String, String> names = Optional.ofNullable(expressions.names()).orElse(Map.of());
    Map<String, AttributeValue> values = Optional.ofNullable(expressions.values()).orElse(Map.of());
    return PLACEHOLDER.matcher(expression).replaceAll(found -> {
      AttributeValue value = values.get(found.group());
      String text = value == null ? names.getOrDefault(found.group(), found.group()) : json.write(shown(value));
      return Matcher.quoteReplacement(text);
    });
  }

  private static Object shown(AttributeValue value) {
    Object plain = plain(value);
    return plain == null ? "null" : plain;
  }

  private static Map<String, Object> plain(Map<String, AttributeValue> attributes) {
    Map<String, Object> plain = new LinkedHashMap<>();
    attributes.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static @Nullable Object plain(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text;
      case AttributeValue.N(BigDecimal number) -> new BigDecimal(number.toPlainString());
      case AttributeValue.B(var bytes) -> bytes.toArray().length + " bytes";
      case AttributeValue.Bool(boolean bool) -> bool;
      case AttributeValue.Null _ -> null;
      case AttributeValue.L(var values) -> {
        List<@Nullable Object> list = new ArrayList<>();
        values.forEach(each -> list.add(plain(each)));
        yield list;
      }
      case AttributeValue.M(var values) -> plain(values);
      case AttributeValue.Ss(var values) -> values;
      case AttributeValue.Ns(var values) -> values.stream().map(each -> new BigDecimal(each.toPlainString())).toList();
      case AttributeValue.Bs(var values) -> values.size() + " binaries";
    };
  }

  /** Returns the key of the row that is written, as DynamoDB's protocol writes it. */
  static Map<String, Object> key(Write write, ShownTexts texts) {
    return switch (write) {
      case Write.Put put -> key(put.table(), put.item(), texts);
      case Write.Delete delete -> typed(delete.key().values(), texts);
      case Write.UpdateItem update -> typed(update.key().values(), texts);
      case Write.Check check -> typed(check.key().values(), texts);
    };
  }

  /** Returns the key of a row, as DynamoDB's protocol writes it. */
  static Map<String, Object> key(TableModel table, Item item, ShownTexts texts) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    String hash = table.hashKey().name();
    item.attribute(hash).ifPresent(value -> key.put(hash, value));
    table.rangeKey().ifPresent(range -> item.attribute(range.name()).ifPresent(value -> key.put(range.name(), value)));
    return typed(key, texts);
  }

  private static Map<String, Object> typed(Map<String, AttributeValue> key, ShownTexts texts) {
    Map<String, Object> typed = new LinkedHashMap<>();
    key.forEach((name, value) -> typed.put(name, Map.of(value.type(), switch (value) {
      case AttributeValue.S(String text) -> texts.replaced(text);
      case AttributeValue.N(BigDecimal number) -> texts.replaced(number.toPlainString());
      case AttributeValue.B(var bytes) -> Base64.getEncoder().encodeToString(bytes.toArray());
      default -> "";
    })));
    return typed;
  }
}
