package dev.pinion.awscdk;

import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.SchedulePlan;
import java.util.List;
import software.amazon.awscdk.services.iam.CfnRolePolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/** Adds schedules, each with the role by which EventBridge Scheduler invokes its function's alias. */
final class ScheduleConstructs {
  private final Resources resources;
  private final RoleConstructs roles;

  ScheduleConstructs(Resources resources, RoleConstructs roles) {
    this.resources = resources;
    this.roles = roles;
  }

  /** Adds all schedules of an app, with their functions. */
  void addAll(Construct app, Plan plan, FunctionConstructs functions) {
    for (SchedulePlan schedule : plan.schedules()) {
      Construct scope = new Construct(app, ConstructIds.scope(schedule.path()));
      functions.add(plan.function(schedule.path()), scope);
      add(schedule, scope);
    }
  }

  /** Adds a schedule, to a function that exists already. */
  private void add(SchedulePlan plan, Construct scope) {
    Role role = roles.role(scope, "ScheduleRole", SchedulePlan.PRINCIPAL);
    resources.put(Kind.SCHEDULE_ROLE, plan.path(), role);
    CfnRolePolicy policy = roles.policy(scope, "SchedulePolicy", role, List.of(plan.invoke()));
    CfnSchedule.Builder builder = CfnSchedule.Builder.create(scope, "Schedule")
        .scheduleExpression(plan.expression())
        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn(resources.get(Kind.ALIAS, plan.path(), Alias.class).getFunctionArn())
                .roleArn(role.getRoleArn())
                .input(plan.input())
                .retryPolicy(
                    CfnSchedule.RetryPolicyProperty.builder()
                        .maximumEventAgeInSeconds(SchedulePlan.MOST_AGE)
                        .maximumRetryAttempts(SchedulePlan.MOST_RETRIES)
                        .build())
                .build());
    plan.timeZone().ifPresent(builder::scheduleExpressionTimezone);
    CfnSchedule schedule = builder.build();
    resources.put(Kind.SCHEDULE, plan.path(), schedule);
    // The first tick may come at once.
    schedule.getNode().addDependency(policy);
  }
}
