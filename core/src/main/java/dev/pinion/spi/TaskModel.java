package dev.pinion.spi;

import java.time.Duration;
import java.util.List;

/**
 * A task of an app: a function that is invoked asynchronously.
 *
 * @param id the id given by the app, unique among the app's resources
 * @param maximumRetryAttempts how often a start that has failed is tried again
 * @param maximumEventAge the age at which a start that waits is given up
 * @param onStart its handler
 * @param location where it is declared
 */
public record TaskModel(
    String id, int maximumRetryAttempts, Duration maximumEventAge, StartModel onStart, SourceLocation location)
    implements ResourceModel {
  @Override
  public List<HandlerModel> handlers() {
    return List.of(onStart);
  }
}
