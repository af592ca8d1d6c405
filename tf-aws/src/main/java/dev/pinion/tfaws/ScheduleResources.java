package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.SchedulePlan;
import java.util.List;

/** Writes schedules, each with the role by which EventBridge Scheduler invokes its function's alias. */
final class ScheduleResources {
  private final Hcl hcl;
  private final Block resources;
  private final RoleResources roles;

  ScheduleResources(Hcl hcl, Block resources, Block locals) {
    this.hcl = hcl;
    this.resources = resources;
    this.roles = new RoleResources(hcl, resources, locals);
  }

  /**
   * Writes a schedule.
   *
   * @param function its handler's function
   */
  void add(SchedulePlan schedule, FunctionPlan function) {
    Reference reference = new Reference(Kind.SCHEDULE, schedule.path());
    Reference role = new Reference(Kind.SCHEDULE_ROLE, schedule.path());
    String policy = roles.add(role, SchedulePlan.PRINCIPAL, List.of(schedule.invoke()), function);
    Block block = resources.in("aws_scheduler_schedule").in(Hcl.label(reference))
        .put("name", Hcl.name(reference))
        .put("schedule_expression", Hcl.escape(schedule.expression()));
    schedule.timeZone().ifPresent(zone -> block.put("schedule_expression_timezone", zone));
    block.put("flexible_time_window", new Block().put("mode", "OFF"))
        .put("target", new Block()
            .put("arn", hcl.template(new Reference(Kind.ALIAS, schedule.path()).get(Property.ARN)))
            .put("role_arn", "${" + hcl.address(role) + ".arn}")
            .put("input", Hcl.escape(schedule.input()))
            .put("retry_policy", new Block().put("maximum_event_age_in_seconds", SchedulePlan.MOST_AGE)
                .put("maximum_retry_attempts", SchedulePlan.MOST_RETRIES)))
        // The first tick may come at once.
        .put("depends_on", List.of(policy));
  }
}
