package dev.pinion.inspect;

import dev.pinion.inspect.ClassFiles.Code;
import org.jspecify.annotations.Nullable;

/**
 * A place that calls or makes an object; objects are told apart by where they are made.
 *
 * @param context the method with its arguments, or what else calls
 * @param code the method; null where the caller has none
 * @param at the instruction
 * @param depth how many objects lead to this place that each were made by a method that got the one before
 */
record Site(Object context, @Nullable Code code, int at, int depth) {
  static Site of(Object caller) {
    return new Site(caller, null, 0, caller instanceof Obj.Closure closure ? depth(closure) : depthOf(caller));
  }

  /** How deep what is made where an object is known is. */
  static int depth(Obj object) {
    return depthOf(object.key());
  }

  private static int depthOf(Object key) {
    Object first = key;
    while (first instanceof java.util.List<?> parts) first = parts.getFirst();
    return first instanceof Site site ? site.depth : 0;
  }

  /** Whether it is in a static initializer, so that what it makes outlives a call of a handler. */
  boolean isInitializer() {
    return code != null && code.isInitializer();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Site same && same.at == at && same.context.equals(context);
  }

  @Override
  public int hashCode() {
    return context.hashCode() * 31 + at;
  }
}
