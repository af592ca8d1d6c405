package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An alarm about a metric of CloudWatch, which notifies a topic when it begins and when it ends. Without data there is
 * no alarm.
 *
 * @param of what it is about
 * @param what follows the resource's name in that of the alarm
 * @param description what has happened, for those who are notified
 * @param namespace of the metric
 * @param metric the metric's name
 * @param dimensions of the metric
 * @param statistic of each period: {@code Sum} or {@code Maximum}
 * @param threshold there is an alarm once the statistic is this much or more
 */
public record AlarmPlan(
    Reference of, String what, String description, String namespace, String metric, Map<String, Expression> dimensions,
    String statistic, int threshold) {

  /** The length of a period, in seconds. */
  public static final int PERIOD = 300;

  /** After how many such periods there is an alarm. */
  public static final int PERIODS = 1;

  /** How the statistic is compared with the threshold. */
  public static final String COMPARISON = "GreaterThanOrEqualToThreshold";

  /** What a period without data means. */
  public static final String MISSING = "notBreaching";

  public AlarmPlan {
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
  }
}
