package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.pinion.awsclient.AwsClient;
import dev.pinion.json.RecordCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Core;

/**
 * The Lambda function of one handler of an app, or of several that share it. It reads the event of API Gateway,
 * EventBridge Scheduler, SQS or a stream, or the payload of an asynchronous invocation, calls the
 * handler, and returns the answer.
 *
 * <p>The app, the handler and the physical names of the resources come from environment variables that {@code pinion
 * compile} sets ({@link dev.pinion.spi.FunctionVariables}). If the handler throws, the invocation fails: API
 * Gateway sends {@code Internal server error} to the client, or answers a handshake with 502 and a request to an HTTP
 * API with 500, a tick or a task is retried by Lambda, and a message stays in its queue.
 */
public final class Function implements RequestStreamHandler {
  private final InvocationTiming timing = new InvocationTiming();
  private final Instance instance;
  private final FailureLog failures;
  private final Optional<Metrics> metrics;
  /** The hook for snapshots. It is referenced here because CRaC's context has only a weak reference. */
  private final SnapshotHook snapshot;

  /** Starts an instance of the function, configured by the process's environment. */
  public Function() {
    this(System.getenv());
    Core.getGlobalContext().register(snapshot);
    if (!"snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      snapshot.readSecrets();
    }
  }

  Function(Map<String, String> variables) {
    RecordCodec json = new RecordCodec();
    Environment environment = Environment.of(variables, json);
    AwsClient client = AwsClient.of(variables, timing);
    connectAhead(variables, environment, client);
    Pause pause = new Pause(timing);
    Secrets secrets = new Secrets(environment.secrets(), new SecretReader(client, json)::read);
    metrics = environment.metrics() ? Optional.of(new Metrics(json)) : Optional.empty();
    instance = Instance.start(
        environment, new LambdaPlatform(environment, client, pause, secrets, json, metrics), json);
    failures = new FailureLog(instance, secrets, json);
    snapshot = new SnapshotHook(new Rehearsal(environment, client, pause, instance, json), client, secrets, timing);
  }

  /** Prepares, beside the rest of the start, what the first event needs. No connection survives a snapshot. */
  private static void connectAhead(Map<String, String> variables, Environment environment, AwsClient client) {
    List<URI> endpoints = environment.endpoints(client);
    if (!"snap-start".equals(variables.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      endpoints.forEach(client::connectAhead);
    } else if (endpoints.stream().anyMatch(each -> "https".equals(each.getScheme()))) {
      client.prepareTls();
    }
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
    timing.begin(context, instance.timeout());
    String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    FunctionEvents.Call call = null;
    long start = System.nanoTime();
    long[] failed = new long[1];
    try {
      FunctionEvents.Call read = instance.read(text, context);
      call = read;
      String answered = handle(read, (item, ids, e) -> {
        failed[0]++;
        var _ = failures.log(context, read, item, ids, e, true);
      });
      answer.write(answered.getBytes(StandardCharsets.UTF_8));
    } catch (UnauthorizedException e) {
      throw e; // an answer, not a failure
    } catch (Throwable e) {
      failed[0]++;
      String about = call == null ? "" : call.about();
      Map<String, String> ids = call == null ? Map.of() : call.ids();
      Function.<RuntimeException>rethrow(failures.log(context, call, about, ids, e, false));
    } finally {
      if (metrics.isPresent()) {
        String handler = call == null ? "unknown" : call.handler().path();
        metrics.get().write(context, handler, failed[0], System.nanoTime() - start);
      }
    }
  }

  private static String handle(FunctionEvents.Call call, FunctionEvents.ItemLog log) throws Exception {
    try {
      return call.handle(log);
    } finally {
      var _ = Thread.interrupted(); // what the handler has left behind must not disturb what follows on this thread
    }
  }

  /** Rethrows what the handler threw, so that Lambda reports its class. The runtime prints the stack. */
  @SuppressWarnings("unchecked") // the type is erased: nothing is cast
  private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
