package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.contract.HttpBackend;
import dev.pinion.contract.HttpContract;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The contract, on the local platform. */
final class LocalHttpTest extends HttpContract {
  LocalHttpTest() {
    super(LocalHttpTest::start);
  }

  private static HttpBackend start(App app) {
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Simulator simulator = Simulator.of(app).port(0).inMemory().values(Map.of()).log(silent).start();
    return new HttpBackend() {
      @Override
      public String url() {
        return simulator.httpUrls().values().iterator().next();
      }

      @Override
      public void close() {
        simulator.close();
      }
    };
  }
}
