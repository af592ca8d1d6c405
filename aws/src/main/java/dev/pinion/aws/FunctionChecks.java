package dev.pinion.aws;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionSettings;
import dev.pinion.spi.HandlerModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports settings of functions that exclude each other.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Lambda: SnapStart, limitations</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda: quotas</a>
 */
final class FunctionChecks {
  private static final int MOST_LAYERS = 5;

  private FunctionChecks() {}

  /** Adds what AWS refuses. */
  static void check(HandlerModel handler, FunctionPlan function, List<String> problems) {
    FunctionSettings settings = function.settings();
    String name = name(handler, settings);
    if (settings.layers().size() > MOST_LAYERS) {
      problems.add(
          name + "has " + settings.layers().size() + " layers, and Lambda allows " + MOST_LAYERS + ": remove some");
    }
    settings.provisionedConcurrency().ifPresent(provisioned -> {
      if (settings.reservedConcurrency().isPresent() && provisioned > settings.reservedConcurrency().getAsInt()) {
        problems.add(
            name + "has a provisioned concurrency of " + provisioned + " and a reserved concurrency of only "
                + settings.reservedConcurrency().getAsInt() + ": reserve as many, or provision fewer");
      }
      if (function.aliases().size() > 1) {
        problems.add(
            name + "has a provisioned concurrency, which is of one alias, but its handlers are of "
                + function.aliases().size()
                + " resources, each with an alias of its own: let handlers of one resource share a function");
      }
    });
  }

  /** Adds where a function starts without a snapshot, as its settings exclude that. */
  static void warn(AppModel app, List<String> warnings) {
    Set<String> told = new HashSet<>();
    for (HandlerModel handler : app.handlers()) {
      FunctionSettings settings = handler.options().settings();
      if (settings.snapStart() || !told.add(FunctionPlanner.path(handler))) continue;
      String why = settings.provisionedConcurrency().isPresent() ? "a provisioned concurrency"
          : "an ephemeral storage of " + settings.ephemeralStorage() + " MiB, more than "
              + FunctionSettings.EPHEMERAL_STORAGE;
      String then = settings.provisionedConcurrency().isPresent()
          ? "instances beyond those that are provisioned start more slowly"
          : "its instances start more slowly";
      warnings.add(
          name(handler, settings).replaceFirst(": ", ": warning: ") + "has " + why
              + ", which Lambda's SnapStart excludes: it is off for this function, and " + then);
    }
  }

  private static String name(HandlerModel handler, FunctionSettings settings) {
    return handler.location() + ": "
        + settings.name().map(each -> "function '" + each + "' ").orElse("handler '" + handler.path() + "' ");
  }
}
