package dev.pinion.spi;

import java.util.List;

/**
 * An EventBridge Scheduler schedule of an app.
 *
 * @param id the id given by the app, unique among the app's resources
 * @param expression when it ticks
 * @param onTick its handler
 * @param location where it is declared
 */
public record ScheduleModel(String id, ScheduleExpression expression, TickModel onTick, SourceLocation location)
    implements ResourceModel {
  @Override
  public List<HandlerModel> handlers() {
    return List.of(onTick);
  }
}
