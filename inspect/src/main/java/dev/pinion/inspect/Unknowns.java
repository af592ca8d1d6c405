package dev.pinion.inspect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What something unknown of a type may be: all that is known to exist and fits. */
final class Unknowns {
  private final Types types;
  private final Heap heap;
  private final LiveObjects live;
  private final Findings findings;
  private final Trace trace;

  Unknowns(Types types, Heap heap, LiveObjects live, Findings findings, Trace trace) {
    this.types = types;
    this.heap = heap;
    this.live = live;
    this.findings = findings;
    this.trace = trace;
  }

  /** A value with all that each unknown of it may be in its place; a doubt is noted for those. */
  Value expanded(Value value) {
    if (value.objects().stream().noneMatch(Obj.Unknown.class::isInstance)) return value;
    heap.useAll();
    Set<Obj> all = new LinkedHashSet<>();
    for (Obj each : value.objects()) {
      if (!(each instanceof Obj.Unknown(Class<?> type))) all.add(each);
      else {
        findings.doubt(
            "it calls an unknown " + ClassNames.shortName(type.getName()) + ": it may be any that the app makes",
            trace.path(), List.of());
        live.lambdas().forEach(lambda -> all.addAll(types.narrow(lambda, type).objects()));
        heap.all().stream().filter(object -> types.fits(object, type)).forEach(all::add);
      }
    }
    return Value.of(all, true);
  }
}
