package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Obj.Identity;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Clocks of {@code define} that always show the same time, or whose time is the app's own. */
final class FixedClocks {
  private static final String CLASS = "java.time.Clock$FixedClock";
  /** Methods that make a clock of another one. */
  private static final Set<String> DERIVING = Set.of(
      "offset", "tick", "tickMillis", "tickMinutes", "tickSeconds", "withZone");

  /** The calls that have made them. */
  private final Set<Object> made = new HashSet<>();

  /** Takes note of a call that makes a clock. */
  void look(Member member, List<Value> operands, Site site) {
    if (!member.is(Clock.class, null) && !member.is(InstantSource.class, null)) return;
    boolean derived = DERIVING.contains(member.name()) && !operands.isEmpty() && isFixed(operands.getFirst());
    if (member.name().equals("fixed") || derived) made.add(site);
  }

  /** Whether a call that reads a clock reads one of these alone. */
  boolean isRead(List<Value> operands) {
    return operands.stream().anyMatch(this::isFixed);
  }

  private boolean isFixed(Value value) {
    return !value.objects().isEmpty() && value.objects().stream().allMatch(this::isFixed);
  }

  private boolean isFixed(Obj object) {
    if (!(object instanceof Foreign foreign)) return object.ofApp().filter(this::isClock).isPresent();
    return made.contains(foreign.key())
        || (foreign.key() instanceof Identity(Object live) && live.getClass().getName().equals(CLASS));
  }

  private boolean isClock(Class<?> type) {
    return InstantSource.class.isAssignableFrom(type);
  }
}
