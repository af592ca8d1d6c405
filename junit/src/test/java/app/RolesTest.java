package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.junit.ConfigValue;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** What would not work on AWS fails a test, and what a test has done wrong is said. */
class RolesTest {
  static final class Narrow implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), "" + rows.scan().count())).only(ws, "POST");
    }
  }

  @PinionTest(Narrow.class)
  static class Refused {
    @Test
    void passesButForTheRole(TestClient ann) {
      ann.send("x");
      ann.next();
    }
  }

  @Test
  void aHandlerThatAwsWouldRefuseFailsTheTest() {
    assertThat(Outcomes.of(Refused.class).text())
        .startsWith("the app would not work on AWS:\n  RolesTest.java:")
        .contains("dynamodb:Scan on table 'rows' by handler 'ws/$default'")
        .contains("the handler's only excludes it");
  }

  static final class Valued implements App {
    @Override
    public void define(Cloud cloud) {
      var greeting = cloud.config("greeting");
      var token = cloud.secret("token");
      WebSocket one = cloud.webSocket("one").create();
      WebSocket two = cloud.webSocket("two").create();
      one.onMessage((c, body) -> one.sendMessage(c.id(), greeting.value() + token.value()));
      two.onMessage((c, body) -> two.sendMessage(c.id(), "two"));
    }
  }

  @PinionTest(Valued.class)
  static class NoValues {
    @Test
    void fails(Pinion pinion) {}
  }

  @Test
  void aMissingValueSaysHowToSetIt() {
    assertThat(Outcomes.of(NoValues.class).failures).singleElement().asString()
        .contains("config 'greeting' has no value").contains("secret 'token' has no value").contains("@ConfigValue(");
  }

  @PinionTest(Valued.class)
  @ConfigValue(id = "greeting", value = "a")
  @ConfigValue(id = "token", value = "b")
  static class Values {
    @Test
    @ConfigValue(id = "token", value = "c")
    void ofTheMethodReplaceThoseOfTheClass(@Connect(webSocket = "one") TestClient ann,
        @Connect(webSocket = "two") TestClient bob) {
      ann.send("x");
      ann.expect("ac");
      bob.send("x");
      bob.expect("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "y"})
    void parametersOfOthersComeFirst(String text, @Connect(webSocket = "one") TestClient ann) {
      ann.send(text);
      ann.expect("ab");
    }

    @Test
    void oneOfSeveralWebSocketsIsNamed(TestClient ann) {}
  }

  @Test
  void valuesAndWebSocketsAreChosen() {
    Outcomes outcomes = Outcomes.of(Values.class);
    assertThat(outcomes.passed).isEqualTo(3);
    assertThat(outcomes.failures).singleElement().asString().contains("name the WebSocket").contains("[one, two]");
  }

  @PinionTest(Narrow.class)
  static class InBeforeAll {
    @BeforeAll
    static void connect(TestClient ann) {}

    @Test
    void isNotReached() {}
  }

  @Test
  void eachTestHasAnAppOfItsOwn() {
    assertThat(Outcomes.of(InBeforeAll.class).failures).singleElement().asString()
        .contains("each test has an app of its own");
  }
}
