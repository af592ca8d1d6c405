package dev.pinion.dynamodb;

import dev.pinion.contract.StoreLimitsContract;

/** DynamoDB's limits, on the functions' client of DynamoDB. */
final class FunctionClientLimitsTest extends StoreLimitsContract {
  FunctionClientLimitsTest() throws Exception {
    super(LocalEndpoint::functions);
  }
}
