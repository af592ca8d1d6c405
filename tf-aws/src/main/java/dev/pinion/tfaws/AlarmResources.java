package dev.pinion.tfaws;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.AlarmPlan;
import dev.pinion.aws.Plan;
import java.util.List;

/** Writes alarms, which are there if the variable {@code alarm_topic_arn} is set. */
final class AlarmResources {
  static final String VARIABLE = "alarm_topic_arn";

  private AlarmResources() {}

  static void add(Plan plan, Hcl hcl, Block resources) {
    if (!plan.options().contains(DeploymentOption.ALARMS)) return;
    for (AlarmPlan alarm : plan.alarms()) {
      Block dimensions = new Block();
      alarm.dimensions().forEach((name, value) -> dimensions.put(name, hcl.template(value)));
      List<String> topic = List.of("${var." + VARIABLE + "}");
      resources.in("aws_cloudwatch_metric_alarm").in(Hcl.label(alarm.of()) + "--" + alarm.what())
          .put("count", "${var." + VARIABLE + " == \"\" ? 0 : 1}")
          .put("alarm_name", Hcl.name(alarm.of()) + "--" + alarm.what())
          .put("alarm_description", Hcl.escape(alarm.description()))
          .put("namespace", alarm.namespace())
          .put("metric_name", alarm.metric())
          .put("dimensions", dimensions)
          .put("statistic", alarm.statistic())
          .put("threshold", alarm.threshold())
          .put("period", AlarmPlan.PERIOD)
          .put("evaluation_periods", AlarmPlan.PERIODS)
          .put("comparison_operator", AlarmPlan.COMPARISON)
          .put("treat_missing_data", AlarmPlan.MISSING)
          .put("alarm_actions", topic)
          .put("ok_actions", topic)
          .put("tags", "${var.tags}");
    }
  }
}
