package dev.pinion.inspect;

import dev.pinion.inspect.ClassFiles.Code;

/**
 * A place that calls or makes an object; objects are told apart by where they are made.
 *
 * @param context the method with its arguments, or what else calls
 * @param code the method; null where the caller has none
 * @param at the instruction
 */
record Site(Object context, @org.jspecify.annotations.Nullable Code code, int at) {
  static Site of(Object caller) {
    return new Site(caller, null, 0);
  }

  /** Whether it is in a static initializer, so that what it makes outlives a call of a handler. */
  boolean isInitializer() {
    return code != null && code.isInitializer();
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Site same && same.at == at && same.context.equals(context);
  }

  @Override
  public int hashCode() {
    return context.hashCode() * 31 + at;
  }
}
