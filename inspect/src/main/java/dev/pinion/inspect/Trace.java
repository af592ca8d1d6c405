package dev.pinion.inspect;

import dev.pinion.spi.SourceLocation;
import java.util.List;
import java.util.function.Supplier;

/** Where the analysis is. */
interface Trace {
  /** The lines that lead here, from the handler's own. */
  List<SourceLocation> path();

  /** Whether everything from the handler's beginning to here is done each time the handler is called. */
  boolean surely();

  /** What a call gives that may not be made, such as one of a lambda that the JDK was given. */
  Value maybe(Supplier<Value> call);

  /** Whether it is inside a static initializer. */
  boolean initializes();
}
