package dev.pinion;

import dev.pinion.spi.Batching;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Declares the options of a table. {@link #create} ends the declaration. */
public final class TableBuilder {
  private static final KeyAttribute MISSING = new KeyAttribute("missing", AttributeType.STRING);
  private static final int MOST_INDEXES = 20;
  private static final int LONGEST_NAME = 255;

  private final Cloud cloud;
  private final String id;
  private final SourceLocation location;
  private final Map<String, AttributeType> attributes = new LinkedHashMap<>();
  private final List<IndexPlan> indexes = new ArrayList<>();
  private Optional<String> hashKey = Optional.empty();
  private Optional<String> rangeKey = Optional.empty();
  private Optional<String> timeToLive = Optional.empty();
  private boolean deletionProtection;
  private boolean pointInTimeRecovery = true;
  private Batching changes = Batching.OF_CHANGES;

  /** A declared index. Its attributes are looked up when the table is complete. */
  private record IndexPlan(
      String name, String hashKey, Optional<String> rangeKey, SourceLocation location) {}

  TableBuilder(Cloud cloud, String id, SourceLocation location) {
    this.cloud = cloud;
    this.id = id;
    this.location = location;
  }

  /**
   * Sets the hash key (DynamoDB's partition key). Required: every row has this attribute, with a value of 1 to 2,048
   * bytes.
   */
  public TableBuilder hashKey(String name, AttributeType type) {
    if (hashKey.isPresent()) {
      problem("has two hash keys, '" + hashKey.get() + "' and '" + name + "': remove one");
    }
    hashKey = Optional.of(name);
    return attribute(name, type);
  }

  /** Sets the range key (DynamoDB's sort key), which orders the rows of one hash key; 1 to 1,024 bytes. */
  public TableBuilder rangeKey(String name, AttributeType type) {
    if (rangeKey.isPresent()) {
      problem("has two range keys, '" + rangeKey.get() + "' and '" + name + "': remove one");
    }
    rangeKey = Optional.of(name);
    return attribute(name, type);
  }

  /** Declares the type of an attribute that is a key of an index. Other attributes are not declared. */
  public TableBuilder attribute(String name, AttributeType type) {
    if (name.isBlank()) {
      problem("has an attribute with an empty name: give it a name");
    } else if (name.getBytes(UTF_8).length > LONGEST_NAME) {
      problem("has a key attribute with a name of more than " + LONGEST_NAME + " bytes, '" + name
          + "': give it a shorter one");
    }
    AttributeType earlier = attributes.putIfAbsent(name, type);
    if (earlier != null) {
      problem("declares the attribute '" + name + "' twice: remove one");
    }
    return this;
  }

  /** Adds a global secondary index, which finds rows by one attribute. A table has at most 20 indexes. */
  public TableBuilder index(String name, String hashKey) {
    indexes.add(new IndexPlan(name, hashKey, Optional.empty(), Callers.location()));
    return this;
  }

  /** Adds a global secondary index, which finds rows by one attribute and orders them by another. */
  public TableBuilder index(String name, String hashKey, String rangeKey) {
    indexes.add(new IndexPlan(name, hashKey, Optional.of(rangeKey), Callers.location()));
    return this;
  }

  /**
   * Lets rows expire. The attribute holds the time, in seconds since the epoch, after which a row may be deleted.
   *
   * <p>DynamoDB deletes expired rows within days. Until then reads return them, so readers must filter.
   */
  public TableBuilder timeToLive(String attribute) {
    if (attribute.isBlank()) {
      problem("has an empty attribute name for the time to live: give it a name");
    }
    if (timeToLive.isPresent()) {
      problem(
          "has two attributes for the time to live, '" + timeToLive.get() + "' and '" + attribute + "': remove one");
    }
    timeToLive = Optional.of(attribute);
    return this;
  }

  /**
   * Sets whether AWS refuses to delete the table (default: false). Without protection, a deleted table can be restored
   * for 35 days, from the backup that {@link #pointInTimeRecovery} makes.
   */
  public TableBuilder deletionProtection(boolean on) {
    deletionProtection = on;
    return this;
  }

  /**
   * Sets whether AWS can restore the table to any second of the last 35 days, and keeps a backup for 35 days when the
   * table is deleted (default: true). AWS charges for this by the size of the table.
   */
  public TableBuilder pointInTimeRecovery(boolean on) {
    pointInTimeRecovery = on;
    return this;
  }

  /**
   * Sets how many changes a call of the function of {@link Table#onChange} may handle, one after another and within its
   * timeout: 1 to 10,000 (default: 10). More of them are cheaper, above all with a {@link #changeBatchingWindow}.
   */
  public TableBuilder changeBatchSize(int most) {
    Batching.problem(most).ifPresent(each -> problem("has " + each));
    changes = new Batching(most, changes.window());
    return this;
  }

  /**
   * Sets how long Lambda waits for a full batch of changes before it calls the function of {@link Table#onChange}:
   * whole seconds up to 5 min (default: it does not wait). A batch also ends at 6 MB.
   */
  public TableBuilder changeBatchingWindow(Duration longest) {
    Batching.problem(longest).ifPresent(each -> problem("has " + each));
    changes = new Batching(changes.size(), longest);
    return this;
  }

  /** Ends the declaration. Mistakes are reported together with all others, after {@code define} has returned. */
  public Table create() {
    cloud.binding().declare("table(\"" + id + "\").create()");
    if (hashKey.isEmpty()) {
      problem("has no hash key: add .hashKey(\"id\", STRING)");
    }
    if (hashKey.isPresent() && hashKey.equals(rangeKey)) {
      problem(
          "has '" + hashKey.get() + "' both as hash key and as range key: choose another attribute for one of them");
    }
    timeToLive.filter(name -> attributes.getOrDefault(name, AttributeType.NUMBER) != AttributeType.NUMBER)
        .ifPresent(
            name -> problem("has the time to live '" + name
                + "', which is a key but not a NUMBER, so no row would ever expire: use another attribute"));
    TableModel model =
        new TableModel(
            id,
            hashKey.map(this::key).orElse(MISSING),
            rangeKey.map(this::key),
            indexModels(),
            timeToLive,
            deletionProtection,
            pointInTimeRecovery,
            location);
    Table table = new Table(model, changes, cloud.binding());
    cloud.create("table '" + id + "'", location, table::freeze);
    return table;
  }

  private List<IndexModel> indexModels() {
    List<IndexModel> models = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (IndexPlan index : indexes) {
      if (!index.name().matches("[a-zA-Z0-9_.-]{3,255}")) {
        problem(
            index.location(),
            "has an index with the name '" + index.name() + "': use 3 to 255 of a-z, A-Z, 0-9, '_', '-', '.'");
      } else if (!names.add(index.name())) {
        problem(index.location(), "has two indexes with the name '" + index.name() + "': rename one");
      }
      check(index);
      models.add(
          new IndexModel(index.name(), key(index.hashKey()), index.rangeKey().map(this::key)));
    }
    if (models.size() > MOST_INDEXES) {
      problem("has " + models.size() + " indexes, but DynamoDB allows " + MOST_INDEXES + ": remove some");
    }
    checkUnused();
    return models;
  }

  private void check(IndexPlan index) {
    List<String> others = unused().stream().filter(name -> !name.isEmpty()).toList();
    for (String name : keys(index)) {
      if (!attributes.containsKey(name)) {
        problem(
            index.location(),
            "has the index '"
                + index.name()
                + "' on the attribute '"
                + name
                + "', which is not declared: add .attribute(\""
                + name
                + "\", STRING)"
                + (others.isEmpty() ? "" : ", or use '" + String.join("' or '", others) + "', which is declared"));
      }
    }
    if (index.rangeKey().filter(index.hashKey()::equals).isPresent()) {
      problem(
          index.location(),
          "has the index '" + index.name() + "' with the same attribute as both of its keys: remove or replace one");
    }
  }

  /** Returns the attributes that are declared, and are part of no key. */
  private Set<String> unused() {
    Set<String> unused = new LinkedHashSet<>(attributes.keySet());
    hashKey.ifPresent(unused::remove);
    rangeKey.ifPresent(unused::remove);
    indexes.forEach(index -> keys(index).forEach(unused::remove));
    return unused;
  }

  /** What is unused is a mistake of its own, unless an index misses an attribute, whose name may be misspelled. */
  private void checkUnused() {
    boolean misspelled = !indexes.stream().allMatch(index -> attributes.keySet().containsAll(keys(index)));
    for (String name : unused()) {
      if (misspelled && !name.isEmpty()) continue;
      problem(
          "declares the attribute '"
              + name
              + "', which is not part of a key: remove it, as rows may have any attributes");
    }
  }

  private static List<String> keys(IndexPlan index) {
    return index.rangeKey().isPresent()
        ? List.of(index.hashKey(), index.rangeKey().get())
        : List.of(index.hashKey());
  }

  private KeyAttribute key(String name) {
    return new KeyAttribute(name, attributes.getOrDefault(name, AttributeType.STRING));
  }

  private void problem(String message) {
    problem(Callers.location(), message);
  }

  private void problem(SourceLocation where, String message) {
    cloud.binding().problem(where, "table '" + id + "' " + message);
  }
}
