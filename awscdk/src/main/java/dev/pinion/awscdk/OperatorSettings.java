package dev.pinion.awscdk;

import dev.pinion.aws.ApiLogs;
import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.WebSocketPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.sns.ITopic;

/**
 * What those who operate an app set: domains, logs and alarms. Without it, an app has none of them. Not thread-safe; do
 * not change it once the app is built.
 */
public final class OperatorSettings {
  final Map<String, CustomDomain> domains = new LinkedHashMap<>();
  Choice accessLogs = Choice.NO;
  Choice executionLogs = Choice.NO;
  String executionLevel = "OFF";
  Choice detailedMetrics = Choice.NO;
  Choice accountRole = Choice.NO;
  Choice alarms = Choice.NO;
  @Nullable String topic;

  private OperatorSettings() {}

  /** Creates settings in which nothing is set. */
  public static OperatorSettings create() {
    return new OperatorSettings();
  }

  /**
   * Gives an API a domain. {@code url()}, the outputs and what handlers send then use it.
   *
   * @param api the id of a WebSocket or HTTP API
   */
  public OperatorSettings domain(String api, CustomDomain domain) {
    domains.put(api, domain);
    return this;
  }

  /** Lets API Gateway log each connection, message and request, as JSON. WebSockets need {@link #accountRole}. */
  public OperatorSettings accessLogs() {
    accessLogs = Choice.YES;
    return this;
  }

  /**
   * Lets API Gateway log its own work for WebSockets, which needs {@link #accountRole}. Default: off.
   *
   * @param level {@code ERROR} or {@code INFO}
   * @throws IllegalArgumentException for any other level
   */
  public OperatorSettings executionLogs(String level) {
    if (!ApiLogs.LEVELS.contains(level)) {
      throw new IllegalArgumentException("'" + level + "' is not a level of logs: use OFF, ERROR or INFO");
    }
    executionLogs = level.equals("OFF") ? Choice.NO : Choice.YES;
    executionLevel = level;
    return this;
  }

  /** Lets API Gateway's metrics be by route, too. CloudWatch charges for them. */
  public OperatorSettings detailedMetrics() {
    detailedMetrics = Choice.YES;
    return this;
  }

  /**
   * Makes the role by which API Gateway writes logs. An account has one for each region, which all of its APIs use: do
   * not call this if there is one. The role stays when the stack is deleted.
   */
  public OperatorSettings accountRole() {
    accountRole = Choice.YES;
    return this;
  }

  /** Adds alarms that notify a topic: failed and throttled functions, late changes, dead letters, errors of APIs. */
  public OperatorSettings alarms(ITopic notified) {
    topic = notified.getTopicArn();
    alarms = Choice.YES;
    return this;
  }

  /** Returns the domain of an API, if it can have one. */
  Optional<CustomDomain> domain(String api) {
    return Optional.ofNullable(domains.get(api));
  }

  /** Returns where clients reach an API whose address without a domain is another one. */
  String address(String api, String standard) {
    return domain(api).map(each -> each.address(standard)).orElse(standard);
  }

  /**
   * Checks that the domains fit the app.
   *
   * @param name what a message calls the construct
   */
  void check(String name, Plan plan) {
    List<String> webSockets = plan.webSockets().stream().map(WebSocketPlan::path).toList();
    List<String> apis = Stream.concat(webSockets.stream(), plan.httpApis().stream().map(HttpApiPlan::path)).toList();
    Map<String, String> first = new HashMap<>();
    Map<String, String> mapped = new HashMap<>();
    domains.forEach((api, domain) -> {
      if (!apis.contains(api)) {
        throw new IllegalArgumentException(
            name + " has no API '" + api + "' that could have a domain: it has " + String.join(", ", apis));
      }
      String other = first.putIfAbsent(domain.name, api);
      if (other != null && webSockets.contains(other) != webSockets.contains(api)) {
        throw new IllegalArgumentException(name + ": a WebSocket and an HTTP API cannot share the domain "
            + domain.name + ", but '" + other + "' and '" + api + "' do");
      }
      String same = mapped.putIfAbsent(domain.name + "/" + domain.basePath, api);
      if (same != null) {
        throw new IllegalArgumentException(name + ": '" + same + "' and '" + api + "' have the same domain and path,"
            + " " + domain.name + "/" + domain.basePath + ": give one of them another basePath");
      }
    });
  }
}
