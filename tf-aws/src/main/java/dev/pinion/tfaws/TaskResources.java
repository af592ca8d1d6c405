package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.SchedulePlan;
import dev.pinion.aws.TaskPlan;
import java.util.List;

/** Writes how the functions of tasks are invoked asynchronously, their dead letters, and what delays need. */
final class TaskResources {
  private final Hcl hcl;
  private final Block resources;
  private final RoleResources roles;

  TaskResources(Hcl hcl, Block resources, Block locals) {
    this.hcl = hcl;
    this.resources = resources;
    this.roles = new RoleResources(hcl, resources, locals);
  }

  /**
   * Writes what a task has beside its function.
   *
   * @param policies the addresses of the policies of the function's role
   */
  void add(TaskPlan task, FunctionPlan function, List<String> policies) {
    Reference dead = new Reference(Kind.DEAD_LETTERS, task.path());
    Reference alias = new Reference(Kind.ALIAS, task.path());
    resources.in("aws_sqs_queue").in(Hcl.label(dead))
        .put("name", Hcl.name(dead) + Hcl.DEAD_LETTERS)
        .put("message_retention_seconds", TaskPlan.RETENTION)
        .put("sqs_managed_sse_enabled", true)
        .put("tags", "${var.tags}");
    resources.in("aws_lambda_function_event_invoke_config").in(Hcl.label(alias))
        .put("function_name", "${" + hcl.address(alias) + ".function_name}")
        .put("qualifier", "${" + hcl.address(alias) + ".name}")
        .put("maximum_event_age_in_seconds", task.maximumEventAge())
        .put("maximum_retry_attempts", task.maximumRetryAttempts())
        .put("destination_config", new Block().put("on_failure", new Block()
            .put("destination", hcl.template(dead.get(Property.ARN)))))
        // Lambda tries whether the function may send there.
        .put("depends_on", policies);
    task.delays().ifPresent(delays -> add(task, delays, function));
  }

  private void add(TaskPlan task, TaskPlan.Delays delays, FunctionPlan function) {
    Reference group = new Reference(Kind.SCHEDULE_GROUP, task.path());
    resources.in("aws_scheduler_schedule_group").in(Hcl.label(group))
        .put("name", Hcl.name(group))
        .put("tags", "${var.tags}");
    var _ = roles.add(
        new Reference(Kind.SCHEDULE_ROLE, task.path()), SchedulePlan.PRINCIPAL, delays.statements(), function);
  }
}
