package dev.pinion.inspect;

import dev.pinion.spi.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one handler does, as far as its code shows.
 *
 * @param path the handler's
 * @param location where the app declares it
 * @param uses each with the lines that lead to it, from the handler's own; none where it is assumed for a doubt
 * @param leftOut those of the uses that an {@code only} of the handler's options leaves out
 * @param doubts where the larger set was taken, and why
 */
public record HandlerUses(
    String path,
    SourceLocation location,
    Map<Use, List<SourceLocation>> uses,
    Set<Use> leftOut,
    List<Doubt> doubts) {

  public HandlerUses {
    uses = Collections.unmodifiableMap(new LinkedHashMap<>(uses));
    leftOut = Collections.unmodifiableSet(new LinkedHashSet<>(leftOut));
    doubts = List.copyOf(doubts);
  }

  /**
   * A place where it cannot be known what happens.
   *
   * @param reason why, as a sentence about the handler without its subject's name
   * @param path the lines that lead to it, from the handler's own
   * @param granted what the handler may do because of it, as far as that is not everything
   */
  public record Doubt(String reason, List<SourceLocation> path, List<Use> granted) {
    public Doubt {
      path = List.copyOf(path);
      granted = List.copyOf(granted);
    }
  }

  /** What the role allows: the uses without those that an {@code only} leaves out. */
  public Set<Use> permitted() {
    Set<Use> permitted = new LinkedHashSet<>(uses.keySet());
    permitted.removeAll(leftOut);
    return permitted;
  }

  /**
   * Whether the role lets the handler do something. A URL needs no permission; what {@code allow} adds is not
   * considered.
   */
  public boolean permits(Use use) {
    return use.isUrl() || (uses.containsKey(use) && !leftOut.contains(use));
  }
}
