package dev.pinion.inspect;

import java.util.List;

/** Which methods of the JDK's classes change an object. */
final class State {
  private static final List<String> MUTATORS = List.of(
      "add",
      "clear",
      "compareAndSet",
      "compute",
      "decrement",
      "getAnd",
      "increment",
      "merge",
      "offer",
      "poll",
      "pop",
      "push",
      "put",
      "remove",
      "replaceAll",
      "retainAll",
      "set",
      "update",
      "write");

  private State() {}

  static boolean isMutator(String method) {
    return MUTATORS.stream().anyMatch(method::startsWith);
  }
}
