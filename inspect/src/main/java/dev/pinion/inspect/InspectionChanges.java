package dev.pinion.inspect;

import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TaskOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What differs between inspections of a program before and after a change of it, as lines for people: what handlers may
 * do now or no longer, findings that are new, and findings that are gone. A finding whose line has only moved is the
 * same.
 */
public final class InspectionChanges {
  private static final Pattern LINE = Pattern.compile("(\\.\\w+):\\d+");

  private InspectionChanges() {}

  /** Returns the differences: roles in the order of the handlers, then findings; none if there are no differences. */
  public static List<String> between(Inspection before, Inspection after) {
    List<String> lines = new ArrayList<>();
    for (HandlerUses each : after.handlers()) {
      boolean isNew = before.handler(each.path()).isEmpty();
      Set<Use> old = before.handler(each.path()).map(HandlerUses::permitted).orElse(Set.of());
      add(lines, each.path(), isNew ? " may " : " may now also ", without(each.permitted(), old));
      add(lines, each.path(), " may no longer ", without(old, each.permitted()));
    }
    Map<String, Finding> old = findings(before);
    Map<String, Finding> now = findings(after);
    now.forEach((key, finding) -> {
      if (!old.containsKey(key)) lines.add(finding.toString());
    });
    old.forEach((key, finding) -> {
      if (!now.containsKey(key)) lines.add("no longer: " + finding);
    });
    return lines;
  }

  private static Set<Use> without(Set<Use> uses, Set<Use> others) {
    Set<Use> left = new LinkedHashSet<>(uses);
    left.removeAll(others);
    left.removeIf(Use::isUrl);
    return left;
  }

  private static void add(List<String> lines, String handler, String may, Set<Use> uses) {
    Map<String, Set<String>> verbs = new LinkedHashMap<>();
    for (Use each : uses) {
      verbs.computeIfAbsent(object(each), _ -> new LinkedHashSet<>()).add(verb(each));
    }
    if (verbs.isEmpty()) return;
    lines.add("`" + handler + "`" + may + verbs.entrySet().stream().map(each -> listed(each.getValue()) + each.getKey())
        .collect(Collectors.joining(", ")));
  }

  private static String listed(Set<String> verbs) {
    List<String> all = List.copyOf(verbs);
    if (all.size() == 1) return all.getFirst();
    return String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
  }

  /** Returns what follows the verb. */
  private static String object(Use use) {
    return switch (use) {
      case Use.Rows(String table, _, var index) -> " in `" + table + "`"
          + index.map(each -> " by the index `" + each + "`").orElse("");
      case Use.Connections(String webSocket, _) -> " connections of `" + webSocket + "`";
      case Use.HttpUrl(String api) -> " `" + api + "`";
      case Use.Start(String task, _) -> " `" + task + "`";
      case Use.Send(String queue) -> " `" + queue + "`";
      case Use.Value(String id) -> " `" + id + "`";
    };
  }

  private static String verb(Use use) {
    return switch (use) {
      case Use.Rows(_, RowOperation operation, _) -> verb(operation);
      case Use.Connections(_, ConnectionOperation operation) -> switch (operation) {
        case POST -> "send to";
        case GET -> "look up";
        case DELETE -> "close";
        case URL -> "read the URL of";
      };
      case Use.HttpUrl _ -> "read the URL of";
      case Use.Start(_, TaskOperation operation) -> switch (operation) {
        case START -> "start";
        case START_IN -> "start later";
      };
      case Use.Send _ -> "send to";
      case Use.Value _ -> "read";
    };
  }

  private static String verb(RowOperation operation) {
    return switch (operation) {
      case BATCH_GET_ITEM -> "get batches";
      case BATCH_WRITE_ITEM -> "write batches";
      case CONDITION_CHECK_ITEM -> "check conditions";
      case DELETE_ITEM -> "delete";
      case GET_ITEM -> "get";
      case PUT_ITEM -> "put";
      case QUERY -> "query";
      case SCAN -> "scan";
      case UPDATE_ITEM -> "update";
    };
  }

  /** Returns findings by what they say, without lines. */
  private static Map<String, Finding> findings(Inspection inspection) {
    Map<String, Finding> findings = new LinkedHashMap<>();
    for (Finding each : inspection.findings()) {
      String text = LINE.matcher(each.toString()).replaceAll("$1");
      String key = text;
      for (int again = 2; findings.containsKey(key); again++) key = text + " " + again;
      findings.put(key, each);
    }
    return findings;
  }
}
