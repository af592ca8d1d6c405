package dev.pinion.lambda;

import dev.pinion.contract.QueueContract;

/** The contract, on functions whose client calls SQS over HTTP, and which an event source mapping invokes. */
final class LambdaQueuesTest extends QueueContract {
  LambdaQueuesTest() {
    super(StandInQueues::start);
  }
}
