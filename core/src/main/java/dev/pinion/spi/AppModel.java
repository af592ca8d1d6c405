package dev.pinion.spi;

import dev.pinion.DeploymentOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The model of an app: all that it declares, complete and checked. Immutable.
 *
 * @param name the simple name of the app's class
 * @param resources tables, WebSocket APIs, HTTP APIs, schedules, tasks, queues, configs and secrets, in the order of
 *     declaration
 * @param options the settings that a deployment offers in addition to the usual ones
 */
public record AppModel(String name, List<ResourceModel> resources, List<DeploymentOption> options) {
  public AppModel {
    resources = List.copyOf(resources);
    options = List.copyOf(options);
  }

  /** The tables, in the order of declaration. */
  public List<TableModel> tables() {
    return all(TableModel.class);
  }

  /** The WebSocket APIs, in the order of declaration. */
  public List<WebSocketModel> webSockets() {
    return all(WebSocketModel.class);
  }

  /** The HTTP APIs, in the order of declaration. */
  public List<HttpApiModel> httpApis() {
    return all(HttpApiModel.class);
  }

  /** The schedules, in the order of declaration. */
  public List<ScheduleModel> schedules() {
    return all(ScheduleModel.class);
  }

  /** The tasks, in the order of declaration. */
  public List<TaskModel> tasks() {
    return all(TaskModel.class);
  }

  /** The queues, in the order of declaration. */
  public List<QueueModel> queues() {
    return all(QueueModel.class);
  }

  /** The handlers of all resources, in the order of declaration. */
  public List<HandlerModel> handlers() {
    List<HandlerModel> handlers = new ArrayList<>();
    for (ResourceModel each : resources) handlers.addAll(each.handlers());
    return handlers;
  }

  /** The configs and secrets, in the order of declaration. */
  public List<ValueModel> values() {
    return all(ValueModel.class);
  }

  private <T extends ResourceModel> List<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
