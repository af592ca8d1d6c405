package dev.pinion.awscdk;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.SchedulePlan;
import dev.pinion.aws.TaskPlan;
import java.util.List;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Adds how the functions of tasks are invoked asynchronously, their dead letters, and what delays need. */
final class TaskConstructs {
  private final Resources resources;
  private final RoleConstructs roles;

  TaskConstructs(Resources resources, RoleConstructs roles) {
    this.resources = resources;
    this.roles = roles;
  }

  /** Adds what a task's function refers to. */
  void addBefore(TaskPlan plan, FunctionPlan function, FunctionConstructs functions, Construct scope) {
    String alias = function.alias(plan.path()).name();
    resources.name(plan.path(), functions.name(function, scope) + ":" + alias);
    resources.put(
        Kind.DEAD_LETTERS, plan.path(),
        Queue.Builder.create(scope, "DeadLetters").retentionPeriod(Duration.seconds(TaskPlan.RETENTION))
            .encryption(QueueEncryption.SQS_MANAGED).build());
    if (plan.delays().isEmpty()) return;
    resources.put(Kind.SCHEDULE_GROUP, plan.path(), CfnScheduleGroup.Builder.create(scope, "ScheduleGroup").build());
    resources.put(Kind.SCHEDULE_ROLE, plan.path(), roles.role(scope, "ScheduleRole", SchedulePlan.PRINCIPAL));
  }

  /**
   * Adds how a task's function is invoked.
   *
   * @param policies those of the function's role
   */
  void add(TaskPlan plan, Construct scope, List<CfnResource> policies) {
    Alias alias = resources.get(Kind.ALIAS, plan.path(), Alias.class);
    CfnEventInvokeConfig config = CfnEventInvokeConfig.Builder.create(scope, "EventInvokeConfig")
        .functionName(alias.getLambda().getFunctionName())
        .qualifier(alias.getAliasName())
        .maximumEventAgeInSeconds(plan.maximumEventAge())
        .maximumRetryAttempts(plan.maximumRetryAttempts())
        .destinationConfig(
            CfnEventInvokeConfig.DestinationConfigProperty.builder()
                .onFailure(
                    CfnEventInvokeConfig.OnFailureProperty.builder()
                        .destination(resources.get(Kind.DEAD_LETTERS, plan.path(), Queue.class).getQueueArn())
                        .build())
                .build())
        .build();
    config.getNode().addDependency(alias);
    // Lambda tries whether the function may send there.
    policies.forEach(config.getNode()::addDependency);
    plan.delays().ifPresent(
        delays -> roles.policy(
            scope, "SchedulePolicy", resources.get(Kind.SCHEDULE_ROLE, plan.path(), Role.class), delays.statements()));
  }
}
