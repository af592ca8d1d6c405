package dev.pinion.dynamodb;

import dev.pinion.contract.StoreDifference;
import dev.pinion.lambda.DynamoDbLocal;

/** The AWS SDK's client, compared with DynamoDB Local. */
final class SdkDifferenceTest extends StoreDifference {
  SdkDifferenceTest() {
    super(DynamoDbLocal::backend, SdkStore::start);
  }
}
