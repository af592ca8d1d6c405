package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import org.crac.Context;
import org.crac.Resource;

/**
 * What SnapStart's hooks do: before the snapshot the function's way is gone once, so that its classes are loaded and
 * its code is warm; secrets are read after it, as a snapshot should hold none and would keep them for its whole life.
 */
final class SnapshotHook implements Resource {
  private final Rehearsal rehearsal;
  private final AwsClient client;
  private final Secrets secrets;
  private final InvocationTiming timing;

  SnapshotHook(Rehearsal rehearsal, AwsClient client, Secrets secrets, InvocationTiming timing) {
    this.client = client;
    this.timing = timing;
    this.rehearsal = rehearsal;
    this.secrets = secrets;
  }

  void readSecrets() {
    var _ = secrets.values();
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    rehearsal.run();
    secrets.forget();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    timing.restored();
    client.closeIdle();
    readSecrets();
  }
}
