import dev.pinion.App;
import dev.pinion.Architecture;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.HttpApi;
import dev.pinion.WebSocket;
import java.time.Duration;

/** Every setting of a function. */
public final class Settings implements App {
  @Override
  public void define(Cloud cloud) {
    Config stage = cloud.config("stage");
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> {}).function("shared").reservedConcurrency(20).provisionedConcurrency(2).tracing().metrics();
    ws.onDisconnect(c -> {}).function("shared").environment("STAGE", stage).environment("MODE", "a ${b} \"c\"");
    ws.onMessage((c, body) -> {}).vpc().architecture(Architecture.X86_64)
        .layer("arn:aws:lambda:eu-west-1:123456789012:layer:agent:7")
        .layer("arn:aws:lambda:eu-west-1:123456789012:layer:more:1");
    ws.onRoute("files", (c, body) -> {}).ephemeralStorage(2048).reservedConcurrency(0);
    HttpApi first = cloud.httpApi("first").create();
    HttpApi second = cloud.httpApi("second").create();
    first.on("GET /other", request -> second.url());
    second.on("GET /other", request -> first.url());
    ws.onRequest("links", (c, body) -> first.url() + second.url());
    cloud.schedule("daily").rate(Duration.ofDays(1)).create().onTick(tick -> {}).function("upkeep").vpc();
    cloud.queue("jobs", String.class).create().onMessage(text -> {}).function("upkeep");
    cloud.task("later", String.class).create().onStart(text -> {}).function("upkeep");
  }
}
