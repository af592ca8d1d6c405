package dev.pinion.awsclient;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** DynamoDB's addresses are the SDK's, in each region. */
final class EndpointsTest {
  static List<Region> regions() {
    return Region.regions().stream().filter(region -> !region.isGlobalRegion()).toList();
  }

  @ParameterizedTest
  @MethodSource("regions")
  void asTheSdk(Region region) throws Exception {
    for (boolean fips : List.of(false, true)) {
      for (boolean dualStack : List.of(false, true)) {
        String expected;
        try {
          expected =
              DynamoDbEndpointProvider.defaultProvider()
                  .resolveEndpoint(ask -> ask.region(region).useFips(fips).useDualStack(dualStack))
                  .get()
                  .endpointUrl()
                  .host();
        } catch (ExecutionException e) {
          continue; // this partition has none
        }
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_USE_FIPS_ENDPOINT", String.valueOf(fips));
        variables.put("AWS_USE_DUALSTACK_ENDPOINT", String.valueOf(dualStack));
        assertThat(new Endpoints(variables).of(AwsService.DYNAMODB, region.id()))
            .as("fips %s, dual stack %s", fips, dualStack)
            .isEqualTo(URI.create("https://" + expected + "/"));
      }
    }
  }

  @Test
  void variablesMoveServices() {
    Endpoints endpoints =
        new Endpoints(
            Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:2/base"));
    assertThat(endpoints.of(AwsService.DYNAMODB, "eu-west-1")).isEqualTo(URI.create("http://127.0.0.1:2/base/"));
    assertThat(endpoints.of(AwsService.SSM, "eu-west-1")).isEqualTo(URI.create("http://127.0.0.1:1/"));
    assertThat(
        new Endpoints(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"))
            .of(AwsService.SECRETS_MANAGER, "eu-west-1"))
        .isEqualTo(URI.create("https://secretsmanager.eu-west-1.amazonaws.com/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8000", "not a url", "ftp://x", "http://"})
  void aVariableWithoutUrlIsNamed(String value) {
    Endpoints endpoints = new Endpoints(Map.of("AWS_ENDPOINT_URL_DYNAMODB", value));
    assertThatThrownBy(() -> endpoints.of(AwsService.DYNAMODB, "eu-west-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_ENDPOINT_URL_DYNAMODB is '" + value + "'");
  }
}
