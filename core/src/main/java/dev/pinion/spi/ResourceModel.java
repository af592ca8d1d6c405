package dev.pinion.spi;

import java.util.List;

/** A resource of an app. */
public sealed interface ResourceModel
    permits TableModel, WebSocketModel, ScheduleModel, TaskModel, HttpApiModel, QueueModel, ValueModel {
  /** The id given by the app, unique among the app's resources; also its path. */
  String id();

  /** Where it is declared. */
  SourceLocation location();

  /** Its handlers, in the order of declaration. */
  default List<? extends HandlerModel> handlers() {
    return List.of();
  }
}
