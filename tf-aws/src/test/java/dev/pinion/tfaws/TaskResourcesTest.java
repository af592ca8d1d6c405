package dev.pinion.tfaws;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.Definition;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Planner;
import dev.pinion.inspect.Use;
import dev.pinion.spi.TaskOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/// What tasks are in a module.
final class TaskResourcesTest {
  private final Plan plan = Planner.plan(Definition.of(cloud -> {
    cloud.task("first", String.class).maximumRetryAttempts(1).maximumEventAge(Duration.ofMinutes(10)).create()
        .onStart(_ -> {}).allowRecursiveLoop();
    cloud.task("second", String.class).create().onStart(_ -> {});
  }).model(), "app.Chat", Map.of(
      "first", List.of(new Use.Start("second", TaskOperation.START)),
      "second", List.of(new Use.Start("first", TaskOperation.START_IN))));
  private final JsonObject main =
      JsonParser.parseString(requireNonNull(TerraformModule.files(plan).get("main.tf.json"))).getAsJsonObject();

  private JsonObject resource(String type, String label) {
    return main.getAsJsonObject("resource").getAsJsonObject(type).getAsJsonObject(label);
  }

  @Test
  void aTaskIsInvokedByTheRulesThatItSays() {
    JsonObject config = resource("aws_lambda_function_event_invoke_config", "first");
    assertThat(config.get("maximum_retry_attempts").getAsInt()).isEqualTo(1);
    assertThat(config.get("maximum_event_age_in_seconds").getAsInt()).isEqualTo(600);
    assertThat(config.get("qualifier").getAsString()).isEqualTo("${aws_lambda_alias.first.name}");
    assertThat(config.get("destination_config")).hasToString(
        "{\"on_failure\":{\"destination\":\"${aws_sqs_queue.first--dead-letters.arn}\"}}");
    assertThat(config.get("depends_on")).hasToString("[\"aws_iam_role_policy.first\"]");
    assertThat(resource("aws_sqs_queue", "first--dead-letters").get("name").getAsString())
        .isEqualTo("${local.prefix}first--dead-letters");
  }

  /// A reference to the function would be a cycle between tasks that start each other.
  @Test
  void functionsKnowEachOtherByName() {
    String environment = resource("aws_lambda_function", "first").get("environment").toString();
    assertThat(environment).contains("function:${local.prefix}second:live", "aws_cloudwatch_log_group.second.arn")
        .doesNotContain("aws_lambda_function.", "aws_lambda_alias.");
    String policy = main.getAsJsonObject("locals").get("policy_first").toString();
    assertThat(policy).contains("lambda:InvokeFunction", "function:${local.prefix}second:live")
        .doesNotContain("aws_lambda_alias.");
  }

  @Test
  void onlyADelayNeedsAGroupAndARole() {
    assertThat(main.getAsJsonObject("resource").getAsJsonObject("aws_scheduler_schedule_group").keySet())
        .containsExactly("first");
    assertThat(resource("aws_iam_role", "first--schedule")).isNotNull();
    String policy = main.getAsJsonObject("locals").get("policy_second").toString();
    assertThat(policy).contains(
        "\"Action\":[\"scheduler:CreateSchedule\"],\"Resource\":[\"${replace(aws_scheduler_schedule_group.first.arn,",
        "\"Action\":[\"iam:PassRole\"],\"Resource\":[\"${aws_iam_role.first--schedule.arn}\"],\"Condition\":"
            + "{\"StringEquals\":{\"iam:PassedToService\":\"scheduler.amazonaws.com\"}}");
  }

  @Test
  void aLoopIsAllowedWhereItIsMeant() {
    JsonObject all = main.getAsJsonObject("resource").getAsJsonObject("aws_lambda_function_recursion_config");
    assertThat(all.keySet()).containsExactly("first");
    assertThat(all.getAsJsonObject("first").get("recursive_loop").getAsString()).isEqualTo("Allow");
  }
}
