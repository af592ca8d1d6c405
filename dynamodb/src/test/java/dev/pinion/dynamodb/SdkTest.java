package dev.pinion.dynamodb;

import dev.pinion.contract.StoreContract;

/** The contract, on the AWS SDK's client. */
final class SdkTest extends StoreContract {
  SdkTest() throws Exception {
    super(SdkStore::start);
  }
}
