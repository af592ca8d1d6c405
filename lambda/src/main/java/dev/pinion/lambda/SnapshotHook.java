package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import org.crac.Context;
import org.crac.Resource;

/**
 * Prepares the function for SnapStart. Before the snapshot it runs the rehearsal, so that classes are loaded and code
 * is compiled. Secrets are read after the restore, because a snapshot should not contain them, and would keep old
 * values.
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
    client.closeIdle();
    secrets.forget();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    timing.restored();
    client.closeIdle();
    readSecrets();
  }
}
