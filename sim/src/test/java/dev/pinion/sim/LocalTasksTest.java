package dev.pinion.sim;

import dev.pinion.contract.TaskApp;
import dev.pinion.contract.TaskContract;

/** The contract, on the local platform. */
final class LocalTasksTest extends TaskContract {
  LocalTasksTest() {
    super(() -> LocalBackend.start(new TaskApp(), PermissionMode.ENFORCE));
  }
}
