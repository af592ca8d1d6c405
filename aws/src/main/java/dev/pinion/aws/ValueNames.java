package dev.pinion.aws;

import dev.pinion.spi.ValueModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Refuses configs and secrets that a target cannot tell apart, because it gives two of them the same name. */
public final class ValueNames {
  private ValueNames() {}

  /**
   * Checks that no two values have a name in common.
   *
   * @param kind what the target calls the names, such as {@code Terraform variable}
   * @param names the names that the target gives a value
   * @throws PlanException if two values have; the message names both declarations
   */
  public static void check(Plan plan, String kind, Function<? super ValueModel, ? extends List<String>> names) {
    Map<String, ValueModel> owners = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (ValueModel value : plan.values()) {
      for (String name : names.apply(value)) {
        ValueModel earlier = owners.putIfAbsent(name, value);
        if (earlier == null) continue;
        problems.add(
            value.location() + ": " + value.kind() + " '" + value.id() + "' has the " + kind + " " + name + ", which "
                + earlier.kind() + " '" + earlier.id() + "' declared at " + earlier.location()
                + " also has: rename one of them");
      }
    }
    if (!problems.isEmpty()) throw new PlanException(problems);
  }
}
