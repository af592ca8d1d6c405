package dev.pinion;

import dev.pinion.spi.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions of an app that are named, each with the options of all handlers that share it. */
final class SharedFunctions {
  private final Map<String, Shared> functions = new LinkedHashMap<>();

  /** A function, what its handlers set, and what that is together once {@code define} has returned. */
  private record Shared(SourceLocation location, List<FunctionOptions> members, FunctionOptions together) {}

  void add(String function, FunctionOptions member, SourceLocation location) {
    functions.computeIfAbsent(function,
        name -> new Shared(location, new ArrayList<>(), new FunctionOptions(name))).members.add(member);
  }

  /** Joins what the handlers set, and reports what contradicts. */
  void freeze(Map<String, SourceLocation> ids, Binding binding) {
    // A lambda would take time of each function's start.
    if (functions.isEmpty()) return;
    functions.forEach((name, shared) -> {
      shared.members.forEach(each -> shared.together.join(each, name, binding));
      SourceLocation resource = ids.get(name);
      if (resource != null) {
        binding.problem(
            shared.location,
            "function '" + name + "' has the id of the resource declared at " + resource + ": give it another name");
      }
    });
  }

  /** Returns the options of a function. */
  FunctionOptions of(String function, FunctionOptions otherwise) {
    Shared shared = functions.get(function);
    return shared == null ? otherwise : shared.together;
  }
}
