package dev.pinion.lambda;

import dev.pinion.contract.StoreLimitsContract;

/** The contract, on the functions' client with DynamoDB Local. */
final class DynamoDbStoreLimitsTest extends StoreLimitsContract {
  DynamoDbStoreLimitsTest() throws Exception {
    super(DynamoDbLocal::checkedBackend);
  }
}
