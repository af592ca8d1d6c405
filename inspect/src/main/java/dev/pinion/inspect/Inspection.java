package dev.pinion.inspect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app's code shows. Immutable.
 *
 * @param handlers in the order of declaration
 * @param findings what is wrong, or may be: first what define does, then each handler
 */
public record Inspection(List<HandlerUses> handlers, List<Finding> findings) {
  public Inspection {
    handlers = List.copyOf(handlers);
    findings = List.copyOf(findings);
  }

  /** The findings with which the app must not be deployed. */
  public List<Finding> errors() {
    return findings.stream().filter(Finding::isError).toList();
  }

  /** All other findings. */
  public List<Finding> warnings() {
    return findings.stream().filter(each -> !each.isError()).toList();
  }

  /** By the path of each handler, what it may do. */
  public Map<String, Collection<Use>> uses() {
    Map<String, Collection<Use>> uses = new LinkedHashMap<>();
    handlers.forEach(each -> uses.put(each.path(), each.uses().keySet()));
    return uses;
  }

  /** What the handler with a path does. */
  public Optional<HandlerUses> handler(String path) {
    return handlers.stream().filter(each -> each.path().equals(path)).findFirst();
  }
}
