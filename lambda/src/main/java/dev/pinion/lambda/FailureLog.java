package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.HandlerModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a failure as one line of JSON, in which CloudWatch Logs Insights finds its members. Values of secrets that the
 * function has read are left out. Control characters are escaped, so a text of a client never begins a line.
 */
final class FailureLog {
  /** The least length of a secret that is looked for: a shorter one would be found in any text. */
  private static final int SHORTEST_SECRET = 4;

  private final Instance instance;
  private final Secrets secrets;
  private final RecordCodec json;

  FailureLog(Instance instance, Secrets secrets, RecordCodec json) {
    this.instance = instance;
    this.secrets = secrets;
    this.json = json;
  }

  /**
   * Logs a failure, and returns what can be told of it: itself, or another one if it has the value of a secret.
   *
   * @param call the event, if it could be read
   * @param about what a message adds to the handler's name
   * @param ids what identifies the event, or the item of it
   * @param withStack whether the runtime does not print the stack itself
   */
  Throwable log(
      Context context, FunctionEvents.@Nullable Call call, String about, Map<String, String> ids, Throwable failure,
      boolean withStack) {
    Throwable told = tellable(failure);
    String stack = printed(told);
    String masked = shown(stack);
    boolean hasSecret = !masked.equals(stack);
    @Nullable HandlerModel handler = call == null ? null : call.handler();
    String place = instance.line(failure, handler);
    String name = handler == null ? instance.name() : "handler " + handler.path();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("level", "ERROR");
    line.put("message", shown(place + ": " + name + " failed" + about + ": " + told));
    line.put("line", place);
    if (handler != null) line.put("handler", handler.path());
    line.putAll(ids);
    line.put("invocationId", context.getAwsRequestId());
    line.put("exception", told.getClass().getName());
    if (withStack || hasSecret) line.put("stack", masked);
    // Without a level: the runtime would write it before the JSON.
    context.getLogger().log(json.write(line) + "\n");
    return hasSecret ? without(told) : told;
  }

  /** Returns a failure as the runtime prints it. */
  private static String printed(Throwable failure) {
    StringWriter stack = new StringWriter();
    try {
      failure.printStackTrace(new PrintWriter(stack, true));
    } catch (Throwable _) {
      return failure + "\n" + stack; // the message of a cause throws
    }
    return stack.toString();
  }

  /** Returns what the runtime may print of a failure that has a secret, in its own message or in that of a cause. */
  private Throwable without(Throwable told) {
    IllegalStateException shown = new IllegalStateException(shown(told.toString()));
    shown.setStackTrace(told.getStackTrace());
    return shown;
  }

  private String shown(String text) {
    return shown(text, secrets.known(), json);
  }

  /** Returns a text without values of secrets, as they are and as JSON has them; a value may contain another one. */
  static String shown(String text, Map<String, String> secrets, RecordCodec json) {
    String shown = text;
    List<Map.Entry<String, String>> longestFirst = new ArrayList<>(secrets.entrySet());
    longestFirst.sort(Comparator.comparingInt(each -> -each.getValue().length()));
    for (Map.Entry<String, String> each : longestFirst) {
      String value = each.getValue();
      if (value.length() < SHORTEST_SECRET) continue;
      String quoted = json.write(value);
      String mask = "(secret " + each.getKey() + ")";
      shown = shown.replace(value, mask).replace(quoted.substring(1, quoted.length() - 1), mask);
    }
    return shown;
  }

  /**
   * Returns the throwable itself. If its own message throws, returns an exception with its stack that names both, as
   * the runtime would report only the second one.
   */
  private static Throwable tellable(Throwable thrown) {
    try {
      var _ = thrown.toString();
      return thrown;
    } catch (Throwable second) {
      IllegalStateException both =
          new IllegalStateException(
              thrown.getClass().getName() + " was thrown, and its message throws " + second.getClass().getName());
      both.setStackTrace(thrown.getStackTrace());
      return both;
    }
  }
}
