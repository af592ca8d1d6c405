package dev.pinion.lambda;

import dev.pinion.contract.ChangeContract;

/** The contract, on a function that Lambda calls with the records of a stream. */
final class LambdaChangesTest extends ChangeContract {
  LambdaChangesTest() {
    super(StandInStream::new);
  }
}
