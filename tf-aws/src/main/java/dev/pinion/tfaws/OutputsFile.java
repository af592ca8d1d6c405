package dev.pinion.tfaws;

import dev.pinion.aws.Expression;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Writes {@code outputs.tf.json}: objects, by the app's own ids and paths. */
final class OutputsFile {
  private static final Map<String, String> DESCRIPTIONS = Map.of(
      "webSockets",
      "By id: the URL that clients connect to, the callback URL, stage, stage ARN, API id and execution ARN.",
      "tables", "By id: name and ARN.",
      "functions", "By handler: name, ARN, and the name of its role.",
      "schedules", "By id: name and ARN.",
      "httpApis", "By id: the URL that clients call, API id and execution ARN.",
      "tasks", "By id: the ARN of the alias to invoke, and the URL and the ARN of the queue of the dead letters.",
      "queues", "By id: URL and ARN, and those of the queue of its dead letters.",
      "policies",
      "By id of a WebSocket, task or queue: the IAM policy, as JSON, that other programs need to send to it.");

  private OutputsFile() {}

  static Block of(Plan plan, String comment) {
    Hcl hcl = new Hcl(plan);
    Block outputs = new Block();
    List<String> stages = new ArrayList<>(
        Stream
            .concat(plan.webSockets().stream().map(each -> each.path()),
                plan.httpApis().stream().map(each -> each.path()))
            .map(path -> hcl.address(new Reference(Kind.STAGE, path)))
            .toList());
    stages.addAll(DomainResources.last(plan));
    plan.outputs()
        .forEach(
            (group, values) -> outputs.put(
                snake(group),
                output(DESCRIPTIONS.getOrDefault(group, group), json(hcl, values), stages)));
    DomainResources.output(plan, outputs);
    return new Block().put("//", comment).put("output", outputs);
  }

  /** An output is there once clients can connect. */
  private static Block output(String description, Block value, List<String> stages) {
    Block output = new Block().put("description", description).put("value", value);
    return stages.isEmpty() ? output : output.put("depends_on", stages);
  }

  private static Block json(Hcl hcl, Expression.Json values) {
    Block block = new Block();
    values.values().forEach((name, value) -> {
      if (value instanceof Expression.Json inner) block.put(Hcl.escape(name), fields(hcl, inner));
      else block.put(Hcl.escape(name), hcl.template(value));
    });
    return block;
  }

  private static Block fields(Hcl hcl, Expression.Json values) {
    Block block = new Block();
    values.values().forEach((name, value) -> block.put(snake(name), hcl.template(value)));
    return block;
  }

  private static String snake(String name) {
    return name.replace("webSocket", "websocket").replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
