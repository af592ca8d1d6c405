package dev.pinion.junit;

import dev.pinion.App;
import dev.pinion.sim.PermissionMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The options of a {@link Pinion} that a test starts itself. Not thread-safe. */
public final class PinionBuilder {
  final App app;
  final Map<String, String> values = new HashMap<>();
  Optional<Instant> start = Optional.empty();
  Duration limit = Duration.ofSeconds(2);
  PermissionMode permissions = PermissionMode.ENFORCE;
  long seed = Long.getLong("pinion.seed", ThreadLocalRandom.current().nextInt(1_000_000));
  String target = System.getProperty(DeployedTarget.PROPERTY, "");

  PinionBuilder(App app) {
    this.app = app;
  }

  /** Sets the value of a config or secret, by its id. */
  public PinionBuilder value(String id, String value) {
    values.put(id, value);
    return this;
  }

  /**
   * Sets the time at which the platform's clock starts, for apps whose schedules or limits depend on the time of day.
   * Default: the system's time. The app's own calls of {@link Instant#now} do not see it.
   */
  public PinionBuilder startsAt(Instant time) {
    start = Optional.of(time);
    return this;
  }

  /** Sets how long expectations wait. Default: 2 seconds. */
  public PinionBuilder timeLimit(Duration time) {
    limit = time;
    return this;
  }

  /** Sets what happens to operations that the role of their handler does not allow. Default: they fail the test. */
  public PinionBuilder permissions(PermissionMode mode) {
    permissions = mode;
    return this;
  }

  /**
   * Sets where the chance of faults comes from. Default: the system property {@code pinion.seed}, or a random one,
   * which the text of a failure has.
   */
  public PinionBuilder seed(long number) {
    seed = number;
    return this;
  }

  /** Runs on the local platform, also if {@code -Dpinion.target} is set. */
  public PinionBuilder local() {
    target = "";
    return this;
  }

  /** Starts the app. */
  public Pinion start() {
    return new Pinion(this);
  }
}
