package dev.pinion.dynamodb;

import dev.pinion.contract.StoreDifference;
import dev.pinion.lambda.DynamoDbLocal;
import org.junit.jupiter.api.Tag;

/** The AWS SDK's client, compared with DynamoDB Local. */
@Tag("slow")
final class SdkDifferenceTest extends StoreDifference {
  SdkDifferenceTest() {
    super(DynamoDbLocal::backend, SdkStore::start);
  }
}
