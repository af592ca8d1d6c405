import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import java.lang.reflect.InaccessibleObjectException;

/** Answers on which thread its handler runs, or whether it may look into the JVM. */
public final class Where implements App {
  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("where").create();
    ws.onMessage((c, body) -> ws.sendMessage(c.id(), body.equals("thread") ? "" + Thread.currentThread() : isOpen()));
  }

  private static String isOpen() throws ReflectiveOperationException {
    try {
      Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler").setAccessible(true);
      return "open";
    } catch (InaccessibleObjectException e) {
      return "closed";
    }
  }
}
