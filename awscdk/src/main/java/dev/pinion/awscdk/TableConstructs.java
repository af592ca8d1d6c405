package dev.pinion.awscdk;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.TablePlan;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.List;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.CfnRuleAssertion;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable.TimeToLiveSpecificationProperty;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** Adds tables. To CloudFormation, {@code TableV2} is a global table with one replica, in the stack's region. */
final class TableConstructs {
  private final Construct scope;
  private final Resources resources;

  TableConstructs(Construct scope, Resources resources) {
    this.scope = scope;
    this.resources = resources;
  }

  void add(TablePlan table) {
    TableV2.Builder builder = TableV2.Builder.create(scope, ConstructIds.of(table.path()))
        .partitionKey(attribute(table.hashKey()))
        .billing(Billing.onDemand())
        .globalSecondaryIndexes(table.indexes().stream().map(TableConstructs::index).toList())
        .deletionProtection(table.deletionProtection())
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(table.pointInTimeRecovery())
                .build());
    table.rangeKey().map(TableConstructs::attribute).ifPresent(builder::sortKey);
    table.timeToLive().ifPresent(builder::timeToLiveAttribute);
    if (table.changes().isPresent()) builder.dynamoStream(StreamViewType.valueOf(TablePlan.STREAM_VIEW));
    TableV2 made = builder.build();
    if (table.timeToLive().isEmpty()) {
      // Without it, a time to live that the program no longer states would stay enabled.
      ((CfnGlobalTable) requireNonNull(made.getNode().getDefaultChild()))
          .setTimeToLiveSpecification(TimeToLiveSpecificationProperty.builder().enabled(false).build());
    }
    guard(table, made);
    resources.put(Kind.TABLE, table.path(), made);
    table.changes().ifPresent(path -> resources.put(
        Kind.DEAD_LETTERS, path,
        QueueConstructs.deadLetters(new Construct(made, QueueConstructs.CHANGES))));
  }

  /**
   * Lets CloudFormation refuse an update that would replace a table by an empty one. A deployment uses a parameter's
   * previous value unless it is given another one, so the parameter still has the old keys when the template has new
   * ones.
   */
  private static void guard(TablePlan table, TableV2 made) {
    CfnParameter keys = CfnParameter.Builder.create(made, "Keys")
        .description("The keys of table " + table.path() + ". Other keys make another, empty table.")
        .defaultValue(table.keys())
        .build();
    CfnRule.Builder.create(made, "KeysRule")
        .assertions(
            List.of(
                CfnRuleAssertion.builder()
                    .assertValue(Fn.conditionEquals(keys.getValueAsString(), table.keys()))
                    .assertDescription(
                        "Table '" + table.path() + "' would be replaced by an empty one with the keys " + table.keys()
                            + ". Give the new table another id and move the rows, or set this parameter to these keys: "
                            + Stack.of(made).getLogicalId(keys))
                    .build()))
        .build();
  }

  private static GlobalSecondaryIndexPropsV2 index(IndexModel index) {
    var builder = GlobalSecondaryIndexPropsV2.builder()
        .indexName(index.name())
        .partitionKey(attribute(index.hashKey()))
        .projectionType(ProjectionType.ALL);
    index.rangeKey().map(TableConstructs::attribute).ifPresent(builder::sortKey);
    return builder.build();
  }

  private static Attribute attribute(KeyAttribute key) {
    AttributeType type = switch (key.type()) {
      case STRING -> AttributeType.STRING;
      case NUMBER -> AttributeType.NUMBER;
      case BINARY -> AttributeType.BINARY;
    };
    return Attribute.builder().name(key.name()).type(type).build();
  }
}
