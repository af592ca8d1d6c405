package dev.pinion.sim;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionModel.ArnPart;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.SourceLocation;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of functions, of which this process has its own: a program cannot set them, so handlers
 * read other values than on AWS.
 */
final class LocalEnvironment {
  private LocalEnvironment() {}

  /** Warns of each variable that a function has and this process has not, or with another value. */
  static void warn(AppModel model, Map<String, String> environment, LogLine log) {
    Set<String> told = new LinkedHashSet<>();
    for (HandlerModel handler : model.handlers()) {
      handler.options().settings().environment().forEach((name, value) -> {
        if (!same(value, environment.get(name)) && told.add(name)) warn(handler.location(), name, log);
      });
    }
  }

  private static void warn(SourceLocation location, String name, LogLine log) {
    log.warning(
        location.toString(), "the environment variable " + name + " is set on AWS only: here, System.getenv reads that"
            + " of this process. Start it with " + name + " set, or read a config, which has its value on both");
  }

  private static boolean same(ArnPart wanted, @Nullable String found) {
    if (found == null) return false;
    return !(wanted instanceof ArnPart.Text(String text)) || text.equals(found);
  }
}
