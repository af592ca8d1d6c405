package dev.pinion.sim;

import dev.pinion.contract.QueueApp;
import dev.pinion.contract.QueueContract;

/** The contract, on the local platform. */
final class LocalQueuesTest extends QueueContract {
  LocalQueuesTest() {
    super(() -> LocalBackend.start(new QueueApp(), PermissionMode.ENFORCE));
  }
}
