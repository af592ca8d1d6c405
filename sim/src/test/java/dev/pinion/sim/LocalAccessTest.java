package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.contract.AccessBackend;
import dev.pinion.contract.AccessContract;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The contract, on the local platform. */
final class LocalAccessTest extends AccessContract {
  LocalAccessTest() {
    super(LocalAccessTest::start);
  }

  private static AccessBackend start(App app) {
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Simulator simulator = Simulator.of(app).port(0).inMemory().values(Map.of()).log(silent).start();
    return new AccessBackend() {
      @Override
      public String url() {
        return simulator.endpoints().getFirst().url();
      }

      @Override
      public void close() {
        simulator.close();
      }
    };
  }
}
