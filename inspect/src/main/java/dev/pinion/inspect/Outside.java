package dev.pinion.inspect;

import java.util.List;

/** Calls of code that is not the app's: the JDK's, Pinion's, and that of libraries. */
interface Outside {
  /**
   * What a call gives.
   *
   * @param owner the class that declares the method that runs, as far as it is known
   * @param operands the receiver, if there is one, then the arguments
   */
  Value call(Member member, Class<?> owner, List<Value> operands, Site site);
}
