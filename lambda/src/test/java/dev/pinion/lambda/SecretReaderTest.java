package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.lambda.ScriptedServer.Answer;
import dev.pinion.lambda.ScriptedServer.Request;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** How secrets are read, and that no error tells one. */
@Timeout(60)
final class SecretReaderTest {
  private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:password-AbCdEf";
  private static final String PARAMETER = "arn:aws:ssm:eu-central-1:111122223333:parameter/chat/password";
  private static final String VALUE = "hunter2";

  private Function<Request, Answer> script = _ -> ScriptedServer.OK;
  private final Waits waits = Senders.aMinute();
  private final ScriptedServer server;
  private final SecretReader reader;

  SecretReaderTest() throws Exception {
    server = new ScriptedServer(request -> script.apply(request));
    Map<String, String> variables =
        Map.of("AWS_ENDPOINT_URL_SECRETS_MANAGER", server.url(), "AWS_ENDPOINT_URL_SSM", server.url());
    reader = new SecretReader(Senders.client(variables, waits), new RecordCodec());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void eachIsReadWhereItsArnSays() {
    script = request -> new Answer(200, "", request.body().contains("SecretId")
        ? "{\"ARN\": \"any\", \"SecretString\": \"hunter2\"}"
        : "{\"Parameter\": {\"Type\": \"SecureString\", \"Value\": \"hunter3\"}}");
    assertThat(reader.read(Map.of("a", SECRET))).isEqualTo(Map.of("a", VALUE));
    assertThat(reader.read(Map.of("b", PARAMETER))).isEqualTo(Map.of("b", "hunter3"));
    assertThat(server.requests()).extracting(Request::body).containsExactly("{\"SecretId\":\"" + SECRET + "\"}",
        server.requests().getLast().body());
    assertThat(server.requests().getLast().body()).contains(PARAMETER, "\"WithDecryption\":true");
    assertThat(server.requests()).extracting(request -> request.authorization().replaceAll("/\\d{8}/", "/DAY/"))
        .satisfiesExactly(
            secret -> assertThat(secret).contains("AKIDEXAMPLE/DAY/eu-central-1/secretsmanager/aws4_request"),
            parameter -> assertThat(parameter).contains("AKIDEXAMPLE/DAY/eu-central-1/ssm/aws4_request"));
  }

  @Test
  void throttlingIsRepeated() {
    script = request -> request.number() < 3
        ? new Answer(400, "", "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}")
        : new Answer(200, "", "{\"SecretString\": \"hunter2\"}");
    assertThat(reader.read(Map.of("a", SECRET))).isEqualTo(Map.of("a", VALUE));
    assertThat(waits.millis()).containsExactly(1_000L, 2_000L);
  }

  @Test
  void aReadThatStallsIsTriedAgain() {
    CountDownLatch over = new CountDownLatch(1);
    script = request -> {
      if (request.number() == 1) {
        awaited(over);
      }
      return new Answer(200, "", "{\"SecretString\": \"hunter2\"}");
    };
    assertThat(reader.read(Map.of("a", SECRET))).isEqualTo(Map.of("a", VALUE));
    assertThat(server.requests()).hasSize(2);
    assertThat(waits.millis()).containsExactly(50L);
    over.countDown();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      400 | {"__type": "AccessDeniedException", "Message": "not authorized"} | AccessDeniedException not authorized
      400 | {"__type": "a#DecryptionFailure", "message": "no key"}           | DecryptionFailure no key
      400 | <html>hunter2</html>                                             | status 400
      200 | {"SecretString": "hunter2                                        | SecretString: not JSON
      200 | {"SecretString": "hunter2", "SecretString": "hunter2"}           | SecretString: twice
      200 | {"SecretString": "hunter2"} hunter2                              | not JSON
      200 | {"SecretString": hunter2}                                        | SecretString: not JSON
      200 | {"SecretBinary": "aHVudGVyMg=="}                                 | its value is binary, but must be text
      200 | "hunter2"                                                        | its value is binary, but must be text
      """)
  void anErrorNamesTheSecretAndNeverItsValue(int status, String answer, String why) {
    script = _ -> new Answer(status, "", answer);
    Throwable error = catchThrowable(() -> reader.read(Map.of("password", SECRET)));
    assertThat(error).isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("secret 'password' (" + SECRET + ") cannot be read: " + why);
    StringWriter all = new StringWriter();
    error.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(VALUE, "aHVudGVyMg");
  }

  @ParameterizedTest
  @CsvSource({"hunter, not an ARN", "arn:aws:ssm, not an ARN", "arn:aws:ssm::1:parameter/a, not an ARN",
    "arn:aws:s3:eu-central-1:1:a, it belongs to neither Secrets Manager nor the Parameter Store"})
  void whatIsNoSecretsArnIsNamed(String arn, String why) {
    assertThat(catchThrowable(() -> reader.read(Map.of("password", arn))))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("secret 'password' (" + arn + ") cannot be read: " + why);
  }

  @Test
  void whatHoldsThemTellsNamesOnly() {
    Secrets secrets = new Secrets(Map.of("password", SECRET), _ -> Map.of("password", VALUE));
    assertThat(secrets.values()).containsEntry("password", VALUE);
    assertThat(secrets).hasToString("secrets [password]");
  }
}
