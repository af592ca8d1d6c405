package dev.pinion.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The authorizer of a program without a build that names the module of JWTs, compiled by the packaged command and run
/// by AWS's own runtime client.
@Timeout(180)
@Tag("slow")
final class JwtFunctionIT {
  private static final Path EVENTS = SourceLimitsTest.root().resolve("lambda/src/test/resources/events");
  private static final String PROGRAM = """
      import dev.pinion.*;
      import dev.pinion.jwt.Jwt;

      public final class Gate implements App {
        @Override
        public void define(Cloud cloud) {
          Config issuer = cloud.config("issuer");
          WebSocket ws = cloud.webSocket("gate").create();
          ws.onAuthorize(Jwt.issuer(issuer).audience("chat").token(TokenFrom.query("token")));
          ws.onMessage((c, body) -> ws.sendMessage(c.id(), body));
        }
      }
      """;

  private static JsonObject event() throws Exception {
    JsonObject event = JsonParser.parseString(Files.readString(EVENTS.resolve("connect.json"))).getAsJsonObject();
    event.addProperty("type", "REQUEST");
    event.addProperty("methodArn", "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/prod/$connect");
    return event;
  }

  private static String with(JsonObject event, String token) {
    JsonObject query = new JsonObject();
    query.addProperty("token", token);
    JsonObject values = new JsonObject();
    values.add("token", JsonParser.parseString("[\"" + token + "\"]"));
    event.add("queryStringParameters", query);
    event.add("multiValueQueryStringParameters", values);
    return event.toString();
  }

  @Test
  void letsInWhoHasATokenOfTheIssuer(@TempDir Path folder) throws Exception {
    assumeTrue(System.getenv("CI") != null || !FunctionProcess.library().isEmpty(), FunctionProcess.NEEDED);
    Path program = Files.writeString(folder.resolve("Gate.java"), PROGRAM);
    JsonObject event = event();
    long exp = event.getAsJsonObject("requestContext").get("requestTimeEpoch").getAsLong() / 1000 + 60;
    try (KeyServer issuer = new KeyServer();
        Deployed gate = Deployed.compiled(program.toString(), folder, "http://127.0.0.1:9")) {
      String config = "{\"issuer\":\"" + issuer.url() + "\"}";
      FunctionProcess authorize = gate.function("gate/$authorize", Map.of("PINION_CONFIG", config));
      String claims = "{\"iss\":\"" + issuer.url() + "\",\"sub\":\"ada\",\"aud\":\"chat\",\"exp\":" + exp + "}";
      String token = issuer.token(claims);
      assertThat(authorize.invoke(with(event, token))).contains("\"principalId\":\"ada\"", "Allow", "\"aud\":\"chat\"");
      RuntimeApi.Answer refused = authorize.invokeForAny(with(event, issuer.token(claims.replace("chat", "mail"))));
      assertThat(refused.kind()).isEqualTo("error");
      assertThat(refused.body()).contains("Unauthorized");
      assertThat(authorize.logged()).contains("the token is refused: it is for another audience")
          .doesNotContain(token.substring(0, token.indexOf('.', 40)));
    }
  }
}
