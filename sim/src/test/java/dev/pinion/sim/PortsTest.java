package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PortsTest {
  private final App app = cloud -> {
    cloud.webSocket("one").create();
    cloud.webSocket("two").create();
    cloud.webSocket("three").create();
  };

  private Ports ports(SimulatorBuilder options) {
    return Ports.of(Definition.of(app).model(), options);
  }

  @Test
  void portsGoUpwardsInTheOrderOfDeclaration() {
    assertThat(ports(Simulator.of(app)).byId())
        .containsEntry("one", 8080).containsEntry("two", 8081).containsEntry("three", 8082);
  }

  @Test
  void aPortThatIsToldIsLeftOut() {
    assertThat(ports(Simulator.of(app).port(9000).port("three", 9001)).byId())
        .containsEntry("one", 9000).containsEntry("two", 9002).containsEntry("three", 9001);
  }

  @Test
  void zeroGivesEachAnyFreeOne() {
    assertThat(ports(Simulator.of(app).port(0)).byId().values()).containsOnly(0);
  }

  @Test
  void aPortForWhatIsNoWebSocketIsRefused() {
    assertThatThrownBy(() -> ports(Simulator.of(app).port("four", 9000)))
        .isInstanceOf(SimulatorException.class)
        .hasMessage("the app has no WebSocket and no HTTP API 'four', whose port is set; it has [one, two, three]");
  }
}
