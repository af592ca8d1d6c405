package dev.pinion.sim;

import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Role;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.HandlerModel;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What each handler of an app may do on AWS, by number in {@link OperationNumbers}. Any thread. */
final class Roles {
  private static final HandlerRole NOTHING = new HandlerRole(new BitSet(), new BitSet(), new BitSet());

  private final Map<String, HandlerRole> handlers = new HashMap<>();
  private final BitSet union = new BitSet();
  /** The one that was asked for last, which is mostly the next one too. Any thread may replace it. */
  private Last last = new Last("", NOTHING);

  private record Last(String handler, HandlerRole role) {}

  private Roles() {}

  /**
   * What one handler may do.
   *
   * @param allowed what its role allows
   * @param derived what was derived from its code, be it excluded by {@code only} or not
   * @param expected what is in both
   */
  record HandlerRole(BitSet allowed, BitSet derived, BitSet expected) {
    static HandlerRole of(BitSet allowed, BitSet derived) {
      BitSet both = (BitSet) allowed.clone();
      both.and(derived);
      return new HandlerRole(allowed, derived, both);
    }

    boolean allows(int operation) {
      return allowed.get(operation);
    }

    boolean derives(int operation) {
      return derived.get(operation);
    }

    boolean expects(int operation) {
      return expected.get(operation);
    }
  }

  static Roles of(Inspection inspection, AppModel app, OperationNumbers operations) {
    Map<String, HandlerModel> declared = new HashMap<>();
    app.handlers().forEach(each -> declared.put(each.path(), each));
    Roles roles = new Roles();
    for (HandlerUses handler : inspection.handlers()) {
      HandlerModel model = declared.get(handler.path());
      if (model == null) continue; // the second define declared another app, which is reported elsewhere
      BitSet allowed = bits(Role.of(app, model.options(), handler.uses().keySet()), operations);
      roles.handlers.put(model.path(), HandlerRole.of(allowed, bits(handler.uses().keySet(), operations)));
      roles.union.or(allowed);
    }
    roles.share(app);
    return roles;
  }

  /** Lets each handler do what any handler of the same function may do: on AWS they have one role. */
  private void share(AppModel app) {
    Map<String, BitSet> functions = new HashMap<>();
    for (HandlerModel each : app.handlers()) {
      each.options().settings().name().ifPresent(
          name -> functions.computeIfAbsent(name, _ -> new BitSet()).or(of(each.path()).allowed()));
    }
    for (HandlerModel each : app.handlers()) {
      each.options().settings().name().ifPresent(
          name -> handlers.computeIfPresent(
              each.path(), (_, role) -> HandlerRole.of(functions.getOrDefault(name, role.allowed()), role.derived())));
    }
    last = new Last("", NOTHING);
  }

  private static BitSet bits(Collection<Use> uses, OperationNumbers operations) {
    BitSet bits = new BitSet(operations.count());
    uses.forEach(each -> operations.number(each).ifPresent(bits::set));
    return bits;
  }

  /** Returns the role of a handler. */
  HandlerRole of(String handler) {
    Last asked = last;
    if (!asked.handler.equals(handler)) {
      asked = new Last(handler, handlers.getOrDefault(handler, NOTHING));
      last = asked;
    }
    return asked.role;
  }

  /** Whether the role of any handler allows an operation. */
  boolean anyAllows(int operation) {
    return union.get(operation);
  }
}
