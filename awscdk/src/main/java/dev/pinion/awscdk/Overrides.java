package dev.pinion.awscdk;

import java.util.Map;

/** A resource that records its raw overrides, which CDK keeps to itself until it writes the template. */
interface Overrides {

  /** Returns the overridden values by their paths in the template; a path without a value is removed there. */
  Map<String, Object> overrides();
}
