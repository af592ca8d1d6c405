package dev.pinion.awscdk;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The schedules of an app among other constructs.
@NeedsNode
final class ScheduleConstructsTest {
  private final Stack stack = new Stack(
      new software.amazon.awscdk.App(AppProps.builder().analyticsReporting(false).build()), "Stack");
  private final PinionApp app =
      PinionApp.Builder.create(stack, "Ticker", Program.example("Ticker").app()).code(Program.ZIP).memory("tick", 256)
          .rolePath("/apps/").build();

  @Test
  void allOfItCanBeReachedAndChanged() {
    app.schedule("tick").setState("DISABLED");
    assertThat(app.function("tick").getRole()).isEqualTo(app.role("tick"));
    assertThat(app.scheduleRole("tick")).isNotEqualTo(app.role("tick"));
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::Scheduler::Schedule", 3);
    template.hasResourceProperties(
        "AWS::Scheduler::Schedule",
        Map.of(
            "ScheduleExpression", "rate(1 minute)", "State", "DISABLED", "ScheduleExpressionTimezone", Match.absent(),
            "FlexibleTimeWindow", Map.of("Mode", "OFF")));
    template.hasResourceProperties(
        "AWS::Lambda::Function", Map.of("Description", "tick", "MemorySize", 256));
    template.hasResourceProperties(
        "AWS::IAM::Role",
        Map.of(
            "Path", "/apps/", "AssumeRolePolicyDocument",
            Match.objectLike(
                Map.of(
                    "Statement",
                    List.of(Match.objectLike(Map.of("Principal", Map.of("Service", "scheduler.amazonaws.com"))))))));
  }

  @Test
  void oneThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> app.schedule("tock")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app has no schedule 'tock': it has tick, opening, new-year");
  }
}
