package dev.pinion.lambdahandler;

import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samples.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Classes that were written for Lambda, on the local gateway.
@PinionTest(Samples.class)
final class SamplesTest {
  @Test
  void theStatusOfConnectDecides(Pinion pinion, @Connect(query = "user=ada") TestClient ada) {
    assertThat(ada.id()).hasSize(16);
    pinion.expectRejection(403);
    pinion.expectRejection(403, handshake -> handshake.query("user", " "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      map       | MESSAGE: {"action":"map"}
      stream    | a message: true
      proxy     | got {"action":"proxy"}
      remaining | time true, names true
      count     | call 1
      """)
  void theBodyOfAnAnswerReachesTheClient(String route, String answer, @Connect(query = "user=ada") TestClient ada) {
    ada.send("{\"action\":\"" + route + "\"}");
    ada.expect(answer);
  }

  @Test
  void eventsHaveWhatApiGatewayWrites(@Connect(query = "user=ada") TestClient ada) {
    ada.send("{\"action\":\"whoami\"}");
    ada.expect(ada.id() + " whoami MESSAGE IN prod true false false");
  }

  @Test
  void aRouteWithoutAResponseAnswersNobody(@Connect(query = "user=ada") TestClient ada) {
    ada.send("{\"action\":\"silent\"}");
    ada.send("no route");
    ada.expectNothing();
  }

  /// Each route has an instance, as it has a function of its own on AWS.
  @Test
  void anInstanceLivesOn(@Connect(query = "user=ada") TestClient ada) {
    ada.send("{\"action\":\"count\"}");
    ada.expect("call 1");
    ada.send("{\"action\":\"count\"}");
    ada.expect("call 2");
  }

  @Test
  void whatAHandlerThrowsIsAnInternalServerError(Pinion pinion, @Connect(query = "user=ada") TestClient ada) {
    ada.send("{\"action\":\"failing\"}");
    ada.expect("a failure", answer -> answer.contains("\"Internal server error\""));
    pinion.settle();
    assertThat(pinion.log()).anyMatch(
        line -> line.matches("(?s)Failing.java:12: error: .* handler ws/failing failed for connection .*"));
  }

  @Test
  void otherClassesAreRefused() {
    assertThatThrownBy(() -> LambdaHandler.of(String.class))
        .hasMessage("java.lang.String implements neither RequestHandler nor RequestStreamHandler of Lambda");
    assertThatThrownBy(() -> LambdaHandler.of(samples.BaseHandler.class)).hasMessageContaining("is abstract");
  }
}
