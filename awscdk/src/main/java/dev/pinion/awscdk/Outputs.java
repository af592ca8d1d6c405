package dev.pinion.awscdk;

import dev.pinion.aws.Expression;
import dev.pinion.aws.Plan;

import static java.util.Objects.requireNonNull;

/** Reads the plan's outputs. */
final class Outputs {
  private Outputs() {}

  /** Returns the policy, as JSON, that other programs need to send to a resource. */
  static Expression policy(Plan plan, String id) {
    return requireNonNull(requireNonNull(plan.outputs().get("policies")).values().get(id), id);
  }

  /** Returns one output of a resource. */
  static Expression of(Plan plan, String group, String path, String name) {
    Expression.Json resources = requireNonNull(plan.outputs().get(group), group);
    if (!(resources.values().get(path) instanceof Expression.Json values)) throw new IllegalArgumentException(path);
    return requireNonNull(values.values().get(name), name);
  }
}
