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
   */
  public record Doubt(String reason, List<SourceLocation> path) {
    public Doubt {
      path = List.copyOf(path);
    }
  }
}
