package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.json.RecordCodec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics of an invocation, as one line of the log in CloudWatch's embedded metric format: how many invocations
 * were handled and items have failed, the handler's time, and how many sends found a connection gone or were throttled.
 * Any thread.
 *
 * <p>Source: CloudWatch user guide, "Specification: Embedded metric format"; API reference, "Dimension".
 */
final class Metrics {
  private static final String NAMESPACE = "Pinion";
  private static final double NANOS_PER_MILLI = 1_000_000;

  final LongAdder gone = new LongAdder();
  final LongAdder throttled = new LongAdder();
  private final RecordCodec json;

  Metrics(RecordCodec json) {
    this.json = json;
  }

  /**
   * Writes a line.
   *
   * @param handler the path of the handler
   * @param failed how many items have failed, or 1 for an invocation that has
   * @param nanos the handler's time
   */
  void write(Context context, String handler, long failed, long nanos) {
    Map<String, Object> line = new LinkedHashMap<>();
    Map<String, Object> directive = new LinkedHashMap<>();
    directive.put("Namespace", NAMESPACE);
    directive.put("Dimensions", List.of(List.of("function", "handler")));
    directive.put(
        "Metrics", List.of(
            metric("handled", "Count"), metric("failed", "Count"), metric("gone", "Count"),
            metric("throttled", "Count"), metric("time", "Milliseconds")));
    line.put(
        "_aws", Map.of("Timestamp", System.currentTimeMillis(), "CloudWatchMetrics", List.of(directive)));
    line.put("function", context.getFunctionName());
    line.put("handler", ascii(handler));
    line.put("handled", failed == 0 ? 1 : 0);
    line.put("failed", failed);
    line.put("gone", gone.sumThenReset());
    line.put("throttled", throttled.sumThenReset());
    line.put("time", nanos / NANOS_PER_MILLI);
    context.getLogger().log(json.write(line) + "\n");
  }

  /** Returns a text as the value of a dimension: CloudWatch takes printable ASCII only, and no metric with another. */
  private static String ascii(String text) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each >= ' ' && each <= '~') all.append(each);
      else all.append("\\u").append(HexFormat.of().toHexDigits(each));
    }
    return all.toString();
  }

  private static Map<String, String> metric(String name, String unit) {
    return Map.of("Name", name, "Unit", unit);
  }
}
