package dev.pinion.awscdk;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.TablePlan;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.constructs.Construct;

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
    resources.put(Kind.TABLE, table.path(), builder.build());
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
