package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.HttpCall;
import dev.pinion.HttpReply;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An app with an HTTP API whose handler tells what it was given. */
public final class Calling implements App {
  /** What the handler told, oldest first. */
  public static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();

  @Override
  public void define(Cloud cloud) {
    cloud.httpApi("api").create().on("POST /orders/{id}", Calling::handle);
  }

  private static Object handle(HttpCall request) throws IOException {
    if (request.path("id").equals("failing")) throw new IOException("the disk is full");
    TOLD.add(request.method() + " " + request.path() + " " + request.path("id"));
    TOLD.add(request.query().toString());
    TOLD.add(request.cookies().toString());
    TOLD.add(request.headers().toString());
    TOLD.add(String.join(" ", request.sourceIp(), request.userAgent().toString(), request.requestId(),
        request.time().toString()));
    TOLD.add(request.domainName() + " " + request.authorizer());
    TOLD.add(request.body());
    return HttpReply.status(201).header("X", "y").cookie("a=b").bytes(request.bytes());
  }
}
