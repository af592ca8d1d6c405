package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outputs of a stack that was compiled to a cloud assembly. */
final class StackOutputs {
  /** The constructs with the URLs of WebSockets and HTTP APIs, whose names are the APIs' ids. */
  private static final Pattern URL_CONSTRUCT = Pattern.compile("/[^/]+/App/([^/]+)/Url");
  /** The names of these outputs, which have letters and digits of the ids only. */
  private static final Pattern URL_OUTPUT = Pattern.compile("App(.+)Url[0-9A-F]{8}");

  private StackOutputs() {}

  /** Returns what the outputs of a stack, by name, say of where clients connect to. */
  static DeployedApp read(Path assembly, Map<?, ?> outputs) {
    Map<String, String> ids = ids(assembly);
    Map<String, String> urls = new LinkedHashMap<>();
    outputs.forEach((output, value) -> {
      String name = String.valueOf(output);
      Matcher url = URL_OUTPUT.matcher(name);
      if (ids.containsKey(name)) urls.put(ids.getOrDefault(name, name), String.valueOf(value));
      else if (ids.isEmpty() && url.matches()) urls.put(url.group(1), String.valueOf(value));
    });
    return new DeployedApp(urls, Map.of());
  }

  /** Asks AWS for the outputs of a stack. */
  static DeployedApp ask(AwsCli aws, Path assembly) throws InterruptedException {
    Object answer = aws.call(
        List.of("cloudformation", "describe-stacks", "--stack-name", CdkDeployment.stack(assembly)));
    Map<String, Object> outputs = new LinkedHashMap<>();
    for (Map<?, ?> stack : AwsCli.objects(answer, "Stacks")) {
      AwsCli.objects(stack, "Outputs").forEach(
          each -> outputs.put(String.valueOf(each.get("OutputKey")), String.valueOf(each.get("OutputValue"))));
    }
    return read(assembly, outputs);
  }

  /** Returns the ids of APIs by the names of the outputs with their URLs, as the assembly's metadata has them. */
  private static Map<String, String> ids(Path assembly) {
    Map<String, String> ids = new LinkedHashMap<>();
    Object metadata = metadata(assembly.resolve(CdkDeployment.stack(assembly) + ".metadata.json")).orElse(Map.of());
    if (!(metadata instanceof Map<?, ?> all)) return ids;
    all.keySet().forEach(path -> {
      Matcher url = URL_CONSTRUCT.matcher(String.valueOf(path));
      if (!url.matches()) return;
      for (Map<?, ?> each : AwsCli.objects(all, String.valueOf(path))) {
        if ("aws:cdk:logicalId".equals(each.get("type"))) ids.put(String.valueOf(each.get("data")), id(url.group(1)));
      }
    });
    return ids;
  }

  /** Returns the id that a construct's is made of. */
  private static String id(String construct) {
    return construct.replace("%44efault", "Default").replace("%2F", "/").replace("%25", "%");
  }

  private static Optional<Object> metadata(Path file) {
    try {
      return MessagePattern.json(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
