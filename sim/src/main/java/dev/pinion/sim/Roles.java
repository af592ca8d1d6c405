package dev.pinion.sim;

import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Role;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.RouteModel;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What each handler of an app may do on AWS, by number in {@link OperationNumbers}. Immutable. */
final class Roles {
  private static final BitSet NOTHING = new BitSet();

  private final Map<String, BitSet> allowed = new HashMap<>();
  private final Map<String, BitSet> derived = new HashMap<>();
  private final BitSet union = new BitSet();

  private Roles() {}

  static Roles of(Inspection inspection, AppModel app, OperationNumbers operations) {
    Map<String, RouteModel> routes = new HashMap<>();
    app.webSockets().forEach(each -> each.routes().forEach(route -> routes.put(route.path(), route)));
    Roles roles = new Roles();
    for (HandlerUses handler : inspection.handlers()) {
      RouteModel route = routes.get(handler.path());
      if (route == null) continue; // the second define declared another app, which is reported elsewhere
      BitSet allowed = bits(Role.of(app, route.options(), handler.uses().keySet()), operations);
      roles.allowed.put(handler.path(), allowed);
      roles.derived.put(handler.path(), bits(handler.uses().keySet(), operations));
      roles.union.or(allowed);
    }
    return roles;
  }

  private static BitSet bits(Collection<Use> uses, OperationNumbers operations) {
    BitSet bits = new BitSet(operations.count());
    uses.forEach(each -> operations.number(each).ifPresent(bits::set));
    return bits;
  }

  /** Whether the role of a handler allows an operation. */
  boolean allow(String handler, int operation) {
    return allowed.getOrDefault(handler, NOTHING).get(operation);
  }

  /** Whether an operation was derived from the code of a handler, be it excluded by {@code only} or not. */
  boolean derive(String handler, int operation) {
    return derived.getOrDefault(handler, NOTHING).get(operation);
  }

  /** Whether the role of any handler allows an operation. */
  boolean anyAllows(int operation) {
    return union.get(operation);
  }
}
