package dev.pinion.lambda;

import dev.pinion.contract.TaskContract;

/** The contract, on functions whose client calls Lambda and EventBridge Scheduler, over HTTP. */
final class LambdaTasksTest extends TaskContract {
  LambdaTasksTest() {
    super(StandInServices::start);
  }
}
