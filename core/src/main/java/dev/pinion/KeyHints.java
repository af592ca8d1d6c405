package dev.pinion;

import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds to DynamoDB's refusals what they leave out: the table, its declaration, and which key attribute is wrong. */
final class KeyHints {
  private KeyHints() {}

  /** Returns the refusal of a request with a row's key. */
  static ValidationException key(ValidationException refusal, TableModel table, Item key) {
    List<String> wrong = new ArrayList<>();
    keyAttributes(table).forEach(attribute -> wrong.addAll(mistakes(attribute, key, true)));
    List<String> names = keyAttributes(table).map(KeyAttribute::name).toList();
    key.attributes().keySet().stream().filter(name -> !names.contains(name))
        .forEach(name -> wrong.add("'" + name + "' is not part of the key"));
    return hinted(refusal, table, wrong);
  }

  /** Returns the refusal of a whole row. */
  static ValidationException row(ValidationException refusal, TableModel table, Item row) {
    List<String> wrong = new ArrayList<>();
    keyAttributes(table).forEach(attribute -> wrong.addAll(mistakes(attribute, row, true)));
    table.indexes().stream().flatMap(KeyHints::keyAttributes)
        .forEach(attribute -> wrong.addAll(mistakes(attribute, row, false)));
    return hinted(refusal, table, wrong);
  }

  /** Returns the refusal of a query by a hash key. */
  static ValidationException query(ValidationException refusal, TableModel table, Query query) {
    Optional<KeyAttribute> hash = query.index().isEmpty()
        ? Optional.of(table.hashKey())
        : query.index().flatMap(table::index).map(IndexModel::hashKey);
    List<String> wrong = hash.stream()
        .flatMap(attribute -> mistakes(attribute, Item.of(attribute.name(), query.hash()), true).stream())
        .toList();
    return hinted(refusal, table, wrong);
  }

  private static Stream<KeyAttribute> keyAttributes(TableModel table) {
    return Stream.concat(Stream.of(table.hashKey()), table.rangeKey().stream());
  }

  private static Stream<KeyAttribute> keyAttributes(IndexModel index) {
    return Stream.concat(Stream.of(index.hashKey()), index.rangeKey().stream());
  }

  private static List<String> mistakes(KeyAttribute attribute, Item values, boolean required) {
    Optional<AttributeValue> value = values.attribute(attribute.name());
    String declared = "'" + attribute.name() + "' is declared as " + attribute.type();
    if (value.isEmpty()) return required ? List.of(declared + " and is missing") : List.of();
    if (value.get().type().equals(attribute.type().code())) return List.of();
    return List.of(
        declared + ", but the value is " + TypeNames.described(value.get()) + ": pass "
            + TypeNames.example(attribute.type()));
  }

  private static ValidationException hinted(ValidationException refusal, TableModel table, List<String> wrong) {
    if (wrong.isEmpty()) return refusal;
    ValidationException hinted = new ValidationException(
        refusal.getMessage() + " (table '" + table.id() + "', " + table.location() + ": " + String.join("; ", wrong)
            + ")");
    hinted.setStackTrace(refusal.getStackTrace());
    return hinted;
  }
}
