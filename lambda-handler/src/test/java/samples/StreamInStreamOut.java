package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads and writes the JSON itself. */
public class StreamInStreamOut implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    boolean message = event.contains("\"eventType\":\"MESSAGE\"") || event.contains("\"eventType\": \"MESSAGE\"");
    output.write(("{\"statusCode\":200,\"body\":\"a message: " + message + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
