package dev.pinion.spi;

import java.util.List;

/**
 * What an app declares, complete and checked. Immutable.
 *
 * @param name the app class's name without its package
 * @param resources tables and WebSocket APIs, in the order of declaration
 */
public record AppModel(String name, List<ResourceModel> resources) {
  public AppModel {
    resources = List.copyOf(resources);
  }

  /** The tables, in the order of declaration. */
  public List<TableModel> tables() {
    return resources.stream()
        .filter(TableModel.class::isInstance)
        .map(TableModel.class::cast)
        .toList();
  }

  /** The WebSocket APIs, in the order of declaration. */
  public List<WebSocketModel> webSockets() {
    return resources.stream()
        .filter(WebSocketModel.class::isInstance)
        .map(WebSocketModel.class::cast)
        .toList();
  }
}
