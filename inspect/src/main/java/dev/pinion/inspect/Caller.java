package dev.pinion.inspect;

import dev.pinion.inspect.Selection.Declared;
import java.util.List;

/** What code outside the app may call of the app's. */
interface Caller {
  /** What a method of an object gives. */
  Value invoke(Obj object, Declared method, List<Value> arguments);

  /** What a static method or a constructor gives. */
  Value invoke(Declared method, List<Value> arguments);

  /** What a lambda gives. */
  Value invoke(Obj.Closure closure, List<Value> arguments);
}
