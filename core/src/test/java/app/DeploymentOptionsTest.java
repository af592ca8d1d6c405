package app;

import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.DeploymentOption;
import org.junit.jupiter.api.Test;

import static dev.pinion.DeploymentOption.ALARMS;
import static dev.pinion.DeploymentOption.API_LOGS;
import static dev.pinion.DeploymentOption.CUSTOM_DOMAINS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What a deployment offers in addition.
final class DeploymentOptionsTest {
  @Test
  void thoseOfSeveralCallsAreOfferedOnceInTheirOwnOrder() {
    assertThat(Definition.of(cloud -> {
      cloud.deploymentOptions(ALARMS, CUSTOM_DOMAINS);
      cloud.deploymentOptions(ALARMS, API_LOGS);
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }).model().options()).containsExactly(DeploymentOption.values());
    assertThat(Definition.of(cloud -> {}).model().options()).isEmpty();
  }

  @Test
  void whatIsAboutApisNeedsOne() {
    assertThatThrownBy(() -> Definition.of(cloud -> cloud.deploymentOptions(ALARMS, API_LOGS, CUSTOM_DOMAINS)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageMatching(
            "(?s)DeploymentOptionsTest.java:\\d+: the deployment option CUSTOM_DOMAINS needs a WebSocket"
                + " or an HTTP API: .*")
        .hasMessageContaining("the deployment option API_LOGS needs").message().doesNotContain("ALARMS");
    assertThat(Definition.of(cloud -> cloud.deploymentOptions(ALARMS)).model().options()).containsExactly(ALARMS);
  }
}
