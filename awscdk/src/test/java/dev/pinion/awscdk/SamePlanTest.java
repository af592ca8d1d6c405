package dev.pinion.awscdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
      "(permission|stage|authorizer) .* lifecycle .*", "CloudFormation always removes last",
      "role .* path", "Terraform writes the default",
      "version .* description", "CDK's version follows values that only CloudFormation knows",
      "permission .* (function_name|qualifier|statement_id)", "CDK names the alias by its ARN, and no statement",
      "deployment .* (depends_on [0-9]+|lifecycle .*|triggers .*)",
      "CDK's deployment follows the same by its logical id, and CloudFormation makes another before the old one goes",
      "stage .* auto_deploy", "CDK writes the default");

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
