package dev.pinion.dynamodb;

import dev.pinion.contract.StoreLimitsContract;

/** DynamoDB's limits, on the AWS SDK's client. */
final class SdkLimitsTest extends StoreLimitsContract {
  SdkLimitsTest() throws Exception {
    super(SdkStore::start);
  }
}
