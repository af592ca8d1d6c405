package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.HandlerModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
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
   * Logs a failure, and returns what can be told of it.
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
    @Nullable HandlerModel handler = call == null ? null : call.handler();
    String place = instance.line(failure, handler);
    String name = handler == null ? instance.name() : "handler " + handler.path();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("level", "ERROR");
    line.put("message", shown(place + ": " + name + " failed" + about + ": " + told, secrets.known()));
    line.put("line", place);
    if (handler != null) line.put("handler", handler.path());
    line.putAll(ids);
    line.put("invocationId", context.getAwsRequestId());
    line.put("exception", told.getClass().getName());
    if (withStack) {
      StringWriter stack = new StringWriter();
      told.printStackTrace(new PrintWriter(stack, true));
      line.put("stack", shown(stack.toString(), secrets.known()));
    }
    // Without a level: the runtime would write it before the JSON.
    context.getLogger().log(json.write(line) + "\n");
    return told;
  }

  /** Returns a text without values of secrets. */
  static String shown(String text, Map<String, String> secrets) {
    String shown = text;
    for (Map.Entry<String, String> each : secrets.entrySet()) {
      if (each.getValue().length() >= SHORTEST_SECRET) {
        shown = shown.replace(each.getValue(), "(secret " + each.getKey() + ")");
      }
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
