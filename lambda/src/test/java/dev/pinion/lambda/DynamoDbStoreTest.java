package dev.pinion.lambda;

import dev.pinion.contract.StoreContract;

/** The contract, on the functions' client with DynamoDB Local. */
final class DynamoDbStoreTest extends StoreContract {
  DynamoDbStoreTest() throws Exception {
    super(DynamoDbLocal::checkedBackend);
  }
}
