package app;

import dev.pinion.App;
import dev.pinion.Architecture;
import dev.pinion.Config;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.DefinitionException.Problem;
import dev.pinion.WebSocket;
import dev.pinion.spi.FunctionModel.ArnPart;
import dev.pinion.spi.FunctionSettings;
import dev.pinion.spi.HandlerModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Options of functions, also of those that handlers share, and every mistake in them. */
class FunctionDefinitionTest {
  private static List<String> problems(App app) {
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(app));
    assertThat(mistakes.problems()).extracting(each -> each.location().file())
        .containsOnly("FunctionDefinitionTest.java");
    return mistakes.problems().stream().map(Problem::message).toList();
  }

  @Test
  void withoutOptionsAFunctionHasNoSettings() {
    var model = Definition.of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {}).memory(256)).model();
    FunctionSettings settings = model.handlers().getFirst().options().settings();
    assertThat(settings.snapStart()).isTrue();
    assertThat(settings.name()).isEmpty();
    assertThat(settings.environment()).isEmpty();
  }

  @Test
  void handlersOfOneFunctionShareTheirOptions() {
    List<HandlerModel> handlers = Definition.of(cloud -> {
      Config stage = cloud.config("stage");
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> {}).function("all").memory(1024).environment("AB", "b").layer(layer("first"));
      ws.onDisconnect(c -> {}).memory(1024).timeout(Duration.ofSeconds(5)).function("all").environment("CD", stage)
          .layer(layer("first")).layer(layer("second"));
      ws.onMessage((c, body) -> {}).function("all").vpc().tracing().metrics().reservedConcurrency(9)
          .provisionedConcurrency(2).ephemeralStorage(600).architecture(Architecture.ARM64);
      ws.onRoute("other", (c, body) -> {});
    }).model().handlers();
    assertThat(handlers.subList(0, 3)).extracting(each -> each.options().memory()).containsOnly(1024);
    assertThat(handlers.subList(0, 3)).extracting(each -> each.options().timeout())
        .containsOnly(Duration.ofSeconds(5));
    assertThat(handlers.subList(0, 3)).extracting(each -> each.options().settings()).containsOnly(
        new FunctionSettings(
            Optional.of("all"), OptionalInt.of(9), OptionalInt.of(2),
            Map.of("AB", new ArnPart.Text("b"), "CD", new ArnPart.ConfigValue("stage")),
            List.of(layer("first"), layer("second")), true, true, true, 600, Optional.of("arm64")));
    assertThat(handlers.getLast().options().memory()).isEqualTo(512);
    assertThat(handlers.getLast().options().settings()).isEqualTo(FunctionSettings.NONE);
  }

  private static String layer(String name) {
    return "arn:aws:lambda:eu-west-1:123456789012:layer:" + name + ":3";
  }

  @Test
  void whatHandlersOfOneFunctionSetDifferentlyIsAMistake() {
    assertThat(problems(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> {}).function("all").memory(1024).environment("AB", "b").timeout(Duration.ofSeconds(5));
      ws.onMessage((c, body) -> {}).function("all").memory(512).environment("AB", "c").timeout(Duration.ofSeconds(6));
    })).satisfiesExactly(
        memory -> assertThat(memory).matches(
            "handler 'ws/\\$default' sets memory to 512, but FunctionDefinitionTest\\.java:\\d+ sets it to 1024 for the"
                + " same function 'all': handlers of one function share its options, so set it once"),
        environment -> assertThat(environment).contains("sets environment AB to c, but"),
        timeout -> assertThat(timeout).contains("sets timeout to 6 s, but").contains("sets it to 5 s"));
  }

  @Test
  void everyOtherMistakeSaysWhatToUse() {
    assertThat(problems(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> {}).function("1st").reservedConcurrency(-1).provisionedConcurrency(0).ephemeralStorage(511);
      ws.onMessage((c, body) -> {}).function("ws").function("two").layer("arn:aws:lambda:eu-west-1:1:layer:x")
          .environment("1A", "x").environment("AWS_REGION", "x").environment("PINION_APP", "x");
    })).satisfiesExactly(
        each -> assertThat(each).contains("a function with the name '1st': use a letter"),
        each -> assertThat(each).contains("a reserved concurrency of -1: use 0 or more"),
        each -> assertThat(each).contains("a provisioned concurrency of 0: use 1 or more"),
        each -> assertThat(each).contains("an ephemeral storage of 511 MiB: use 512 to 10240"),
        each -> assertThat(each).contains("is in the functions 'ws' and 'two': remove one of the two calls"),
        each -> assertThat(each).contains("the layer 'arn:aws:lambda:eu-west-1:1:layer:x': use the ARN of a version"),
        each -> assertThat(each).contains("the environment variable '1A': use a letter"),
        each -> assertThat(each).contains("'AWS_REGION', which Lambda or Pinion itself sets"),
        each -> assertThat(each).contains("'PINION_APP', which Lambda or Pinion itself sets"),
        each -> assertThat(each).contains("function 'ws' has the id of the resource declared at"));
  }

  @Test
  void aConfigOfAnotherAppHasNoValueHere() {
    Config[] other = new Config[1];
    var _ = Definition.of(cloud -> other[0] = cloud.config("stage"));
    assertThat(problems(cloud -> {
      cloud.webSocket("ws").create().onConnect(c -> {}).environment("AB", other[0]);
    })).singleElement().asString().contains("an environment variable with", "belongs to another app");
  }
}
