package dev.pinion.awscdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Terraform and CDK deploy the same: every property of every resource, save those that are listed with their reason.
@NeedsNode
@Tag("slow")
final class SamePlanTest {
  /// By a property's line: why one has it and the other has not, or has another value.
  private static final Map<Pattern, String> DIFFERENCES = reasons(
      ".* tags", "CDK's tags are put on by Tags.of",
      "(function|logs|role|table|schedule|schedule_group|queue) .* (function_)?name",
      "with CDK, names are CloudFormation's",
      "api .* name", "it names nothing in the account, so it has no prefix with CDK",
      "table .* replica", "CDK's table is a global table, of one replica in the stack's region",
      "queue .* deletion policy", "CDK writes CloudFormation's default",
      "(table|logs) .* deletion policy", "CDK keeps what has data by default when a stack is deleted",
      "(queue|dead_letters) .* deletion policy", "CDK writes the default",
      "function .* (filename|source_code_hash|code s3_(bucket|key))", "CDK uploads the zip as an asset",
      "(function .* publish|version .* function_name)", "CDK publishes by a resource of its own",
      "(function|alias|version|event_invoke_config) .* depends_on [0-9]+",
      "CDK writes dependencies that follow from references too; CloudFormation"
          + " removes old policies last",
      "(permission|stage|authorizer|integration) .* lifecycle .*", "CloudFormation always removes last",
      "role .* path", "Terraform writes the default",
      "version .* description", "CDK's version follows values that only CloudFormation knows",
      "permission .* (function_name|qualifier|statement_id)", "CDK names the alias by its ARN, and no statement",
      "deployment .* (depends_on [0-9]+|lifecycle .*|triggers .*)",
      "CDK's deployment follows the same by its logical id, and CloudFormation makes another before the old one goes",
      "stage .* auto_deploy", "CDK writes the default",
      "alarm .* alarm_name", "with CDK, names are CloudFormation's",
      "mapping .* (stage|depends_on 0)", "CDK names the stage, so it depends on it");

  private static final Set<Pattern> USED = new HashSet<>();

  static List<Program> programs() {
    List<Program> programs = new ArrayList<>(Program.all());
    programs.add(Program.compiled(Program.ROOT.resolve(".ci/programs/Settings.java")));
    return programs;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void bothTargetsDeployTheSame(Program program) throws IOException {
    SortedMap<String, String> terraform = TerraformReading.of(AppCode.of(program.app()).plan());
    SortedMap<String, String> template = TemplateReading.of(program.assembly(), program.name());
    assertThat(differences(terraform, template)).isEmpty();
  }

  /// What operators set, as variables of the module and as parameters of the stack.
  record Settings(Map<String, Object> variables, Map<String, String> parameters) {}

  /// Nothing; and everything, where two WebSockets share a domain.
  static List<Settings> settings() {
    String topic = "arn:aws:sns:eu-west-1:123456789012:operators";
    String certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/one";
    Map<String, Object> domains = Map.of(
        "chat", domain("ws.example.com", certificate, "Z1", "", "dualstack", "false"),
        "news", domain("ws.example.com", certificate, "Z1", "news", "dualstack", "true"),
        "shop", domain("api.example.com", certificate, "", "shop", "ipv4", "false"));
    Map<String, String> parameters = new HashMap<>(Map.of("AccessLogs", "true", "ExecutionLogs", "ERROR",
        "DetailedMetrics", "true", "AlarmTopicArn", topic));
    domains.forEach((api, domain) -> ((Map<?, ?>) domain).forEach(
        (name, value) -> parameters.put(
            api.substring(0, 1).toUpperCase(Locale.ROOT) + api.substring(1) + parameter((String) name),
            (String) value)));
    return List.of(
        new Settings(Map.of(), Map.of()),
        new Settings(Map.of("domains", domains, "access_logs", "true", "execution_logs", "ERROR", "detailed_metrics",
            "true", "alarm_topic_arn", topic), parameters));
  }

  private static Map<String, String> domain(
      String name, String certificate, String zone, String path, String type, String endpoint) {
    return Map.of("domain_name", name, "certificate_arn", certificate, "hosted_zone_id", zone, "base_path", path,
        "ip_address_type", type, "default_endpoint", endpoint);
  }

  private static String parameter(String attribute) {
    String words = Stream.of(attribute.replaceFirst("^domain_", "").split("_", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining());
    return "Domain" + words;
  }

  @ParameterizedTest
  @MethodSource
  void settings(Settings settings) throws IOException {
    Program program = Program.compiled(Program.ROOT.resolve(".ci/programs/Operated.java"));
    SortedMap<String, String> terraform =
        TerraformReading.of(AppCode.of(program.app()).plan(), settings.variables());
    SortedMap<String, String> template =
        TemplateReading.of(program.assembly(), program.name(), settings.parameters());
    assertThat(differences(terraform, template)).isEmpty();
    Set<String> kinds = terraform.keySet().stream().map(line -> line.substring(0, line.indexOf(' ')))
        .filter(Set.of("alarm", "domain", "mapping", "record")::contains).collect(Collectors.toSet());
    assertThat(kinds).hasSize(settings.variables().isEmpty() ? 0 : 4);
  }

  @AfterAll
  static void everyReasonIsNeeded() {
    assertThat(USED).containsAll(DIFFERENCES.keySet());
  }

  private static List<String> differences(SortedMap<String, String> terraform, SortedMap<String, String> template) {
    TreeSet<String> lines = new TreeSet<>(terraform.keySet());
    lines.addAll(template.keySet());
    List<String> differences = new ArrayList<>();
    for (String line : lines) {
      String one = terraform.getOrDefault(line, "(none)");
      String other = template.getOrDefault(line, "(none)");
      if (!one.equals(other) && !listed(line)) differences.add(line + ": " + one + " | " + other);
    }
    return differences;
  }

  private static boolean listed(String line) {
    List<Pattern> reasons = DIFFERENCES.keySet().stream().filter(each -> each.matcher(line).matches()).toList();
    USED.addAll(reasons);
    return !reasons.isEmpty();
  }

  private static Map<Pattern, String> reasons(String... linesAndReasons) {
    Map<Pattern, String> reasons = new LinkedHashMap<>();
    for (int i = 0; i < linesAndReasons.length; i += 2) {
      reasons.put(Pattern.compile(linesAndReasons[i]), linesAndReasons[i + 1]);
    }
    return reasons;
  }
}
