package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.crac.Core;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The Lambda function behind one route of an app: takes API Gateway's event, calls the route's handler, and answers.
 *
 * <p>The app, the route and the physical names of what the handler uses come from the environment variables that {@code
 * pinion compile} writes ({@code PINION_APP}, {@code PINION_HANDLER} and others). What a handler throws fails the
 * invocation, so that API Gateway tells the client {@code Internal server error}, or 502 for a handshake.
 */
public final class Function implements RequestStreamHandler {
  static {
    // Nothing is said about a missing log library: an app need not bring one.
    if (System.getProperty("slf4j.internal.verbosity") == null) {
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
  }

  private final InvocationTiming timing = new InvocationTiming();
  private final Instance instance;
  /** The snapshot's hook, held here because CRaC's context does not hold it. */
  private final Snapshot snapshot;

  /** Starts an instance of the function that the process's environment describes. */
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
    Clients clients = new Clients(variables);
    SdkHttpClient http = Clients.http();
    Retries retries = new Retries(timing);
    SecretReader reader = new SecretReader(clients, http, retries, json);
    Secrets secrets = new Secrets(environment.secrets(), reader::read);
    instance =
        Instance.start(environment, new LambdaPlatform(environment, clients, http, retries, secrets, json), json);
    snapshot = new Snapshot(new Rehearsal(environment, clients, http, instance), secrets, timing);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
    timing.begin(context);
    String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
    String connection = "";
    try {
      Event read = instance.read(text);
      connection = " for connection " + read.connection().connectionId();
      answer.write(instance.handle(read).getBytes(StandardCharsets.UTF_8));
    } catch (Throwable e) {
      String line = instance.line(e);
      context.getLogger()
          .log(line + ": handler " + instance.route().path() + " failed" + connection + ": " + e + "\n",
              LogLevel.ERROR);
      Function.<RuntimeException>rethrow(e);
    }
  }

  /** Throws as it is what the handler threw, so that Lambda reports its class; the runtime prints its stack. */
  @SuppressWarnings("unchecked") // the type is erased: nothing is cast
  private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
