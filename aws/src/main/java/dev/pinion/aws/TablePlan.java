package dev.pinion.aws;

import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A DynamoDB table, paid for by request.
 *
 * @param path the table's id
 * @param attributes all attributes of its keys and its indexes' keys, each once
 * @param indexes global secondary indexes of all attributes
 * @param changes the path of the handler of its changes, which come by a stream
 * @param timeToLive the attribute with the second after which a row may be deleted
 */
public record TablePlan(
    String path,
    KeyAttribute hashKey,
    Optional<KeyAttribute> rangeKey,
    List<KeyAttribute> attributes,
    List<IndexModel> indexes,
    Optional<String> changes,
    Optional<String> timeToLive,
    boolean deletionProtection,
    boolean pointInTimeRecovery) {
  /** What a stream has of each change: the row before and after it. */
  public static final String STREAM_VIEW = "NEW_AND_OLD_IMAGES";

  public TablePlan {
    attributes = List.copyOf(attributes);
    indexes = List.copyOf(indexes);
  }

  /** Returns what DynamoDB cannot change in a table: its keys with their types, such as {@code room S, at N}. */
  public String keys() {
    return keys(hashKey, rangeKey);
  }

  /** Returns keys with their types. */
  public static String keys(KeyAttribute hash, Optional<KeyAttribute> range) {
    return Stream.concat(Stream.of(hash), range.stream())
        .map(key -> quoted(key.name()) + " " + key.type().code())
        .collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return name.matches("[a-zA-Z0-9_.-]+") ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
