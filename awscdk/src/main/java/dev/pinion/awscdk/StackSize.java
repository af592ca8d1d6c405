package dev.pinion.awscdk;

import java.util.Optional;
import software.amazon.awscdk.CfnResource;
import software.constructs.Construct;

/** How many resources an app adds to its stack, compared with CloudFormation's limit. */
final class StackSize {
  /** The most resources of a stack. */
  static final int LARGEST = 500;
  /** From here on, a warning says how to have fewer. */
  private static final int LARGE = 400;
  static final String ADVICE =
      "handlers that name the same .function(\"…\") share one and need a third of the resources";

  private StackSize() {}

  static long of(Construct scope) {
    return scope.getNode().findAll().stream().filter(CfnResource.class::isInstance).count();
  }

  /** Returns a warning if there is not much room left. */
  static Optional<String> warning(Construct app) {
    long resources = of(app);
    if (resources < LARGE) return Optional.empty();
    return Optional.of(
        "the app has " + resources + " resources, and CloudFormation allows " + LARGEST + " in a stack: " + ADVICE);
  }
}
