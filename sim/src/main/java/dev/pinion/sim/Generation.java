package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.HttpDeployment;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One program of a run, and all that belongs to it alone: once no handler of it runs, nothing leads here any more.
 *
 * @param number counts the programs of the run from 1
 * @param since when it was made
 * @param deployments what each WebSocket leads to, by id
 * @param httpDeployments what each HTTP API leads to, by id
 * @param others the numbers of the threads that were there before it
 */
record Generation(
    long number, Instant since, App app, AppModel model, LocalValues values, LocalPlatform platform,
    Optional<PermissionGuard> guard, AppPage page, Map<String, Deployment> deployments,
    Map<String, HttpDeployment> httpDeployments, Set<Long> others) {

  Deployment deployment(String webSocketId) {
    return Objects.requireNonNull(deployments.get(webSocketId), "every WebSocket has a deployment");
  }

  HttpDeployment httpDeployment(String apiId) {
    return Objects.requireNonNull(httpDeployments.get(apiId), "every HTTP API has a deployment");
  }

  /** Returns the handlers of an HTTP API; empty if this program has none of that id. */
  Optional<RecordedHttp> httpHandlers(String apiId) {
    return Optional.ofNullable(httpDeployments.get(apiId)).map(each -> (RecordedHttp) each.integration());
  }

  /** Returns the handlers of a WebSocket; empty if this program has none of that id. */
  Optional<RecordedHandlers> handlers(String webSocketId) {
    Deployment deployment = deployments.get(webSocketId);
    return deployment != null && deployment.integration() instanceof RecordedHandlers handlers
        ? Optional.of(handlers)
        : Optional.empty();
  }

  /** Checks this program's permissions from now on, and shows its roles. */
  void inspected(Inspection inspection) {
    guard.ifPresent(each -> each.inspected(inspection));
    page.inspected(inspection);
  }
}
