package dev.pinion.awscdk;

/** A resource that records its raw overrides. */
interface Overrides {

  /** Returns what was recorded. */
  RawOverrides overrides();
}
