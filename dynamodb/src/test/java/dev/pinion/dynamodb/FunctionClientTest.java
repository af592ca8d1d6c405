package dev.pinion.dynamodb;

import dev.pinion.contract.StoreContract;

/** The contract, on the functions' client of DynamoDB. */
final class FunctionClientTest extends StoreContract {
  FunctionClientTest() throws Exception {
    super(LocalEndpoint::functions);
  }
}
