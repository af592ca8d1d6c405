package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The tasks of an app among other constructs.
@NeedsNode
final class TaskConstructsTest {
  private final Stack stack = new Stack(
      new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build()), "Stack");
  private final PinionApp app =
      PinionApp.Builder.create(stack, "Jobs", Jobs.class).code(Program.ZIP).build();

  /// Two tasks that start each other.
  public static final class Jobs implements App {
    @Override
    public void define(Cloud cloud) {
      Task<String> ping = cloud.task("ping", String.class).maximumRetryAttempts(0).create();
      Task<String> pong = cloud.task("pong", String.class).create();
      ping.onStart(pong::start).allowRecursiveLoop();
      pong.onStart(text -> ping.startIn(Duration.ofMinutes(1), text));
    }
  }

  @Test
  void allOfItCanBeReachedAndChanged() {
    assertThat(app.deadLetters("ping")).isNotEqualTo(app.deadLetters("pong"));
    assertThat(app.function("ping").getRole()).isEqualTo(app.role("ping"));
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::SQS::Queue", 2);
    template.resourceCountIs("AWS::Scheduler::ScheduleGroup", 1);
    template.hasResourceProperties(
        "AWS::Lambda::EventInvokeConfig", Map.of(
            "MaximumRetryAttempts", 0, "MaximumEventAgeInSeconds", 21_600, "Qualifier", "live"));
    template.hasResourceProperties(
        "AWS::Lambda::Function", Map.of("Description", "ping", "RecursiveLoop", "Allow"));
    template.hasResourceProperties(
        "AWS::Lambda::Function", Map.of("Description", "pong", "RecursiveLoop", Match.absent()));
    template.hasResourceProperties(
        "AWS::IAM::RolePolicy", Map.of("PolicyDocument", Match.objectLike(Map.of(
            "Statement", Match.arrayWith(List.of(Match.objectLike(Map.of(
                "Action", List.of("iam:PassRole"), "Condition",
                Map.of("StringEquals", Map.of("iam:PassedToService", "scheduler.amazonaws.com"))))))))));
  }

  @Test
  void othersMayStartATask() {
    var role = software.amazon.awscdk.services.iam.Role.Builder.create(stack, "Other")
        .assumedBy(new software.amazon.awscdk.services.iam.AccountRootPrincipal()).build();
    app.grantSend(role, "ping").assertSuccess();
    Template.fromStack(stack).hasResourceProperties(
        "AWS::IAM::Policy", Map.of("PolicyDocument", Match.objectLike(Map.of(
            "Statement", List.of(Match.objectLike(Map.of("Action", "lambda:InvokeFunction", "Effect", "Allow")))))));
    assertThatThrownBy(() -> app.grantSend(role, "pang")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has nothing 'pang' to send to: it has ping, pong");
  }

  @Test
  void oneThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> app.deadLetters("pang")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has no dead letters 'pang': it has ping, pong");
  }
}
