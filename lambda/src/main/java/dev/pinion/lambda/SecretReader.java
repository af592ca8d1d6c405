package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsErrorException;
import dev.pinion.awsclient.AwsException;
import dev.pinion.awsclient.AwsService;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads secrets from Secrets Manager and from the Systems Manager's Parameter Store, whichever their ARN names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">
 *     Secrets Manager: GetSecretValue</a>
 * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">Systems Manager:
 *     GetParameter</a>
 */
final class SecretReader {
  private final AwsClient client;
  private final RecordCodec json;

  SecretReader(AwsClient client, RecordCodec json) {
    this.client = client;
    this.json = json;
  }

  /**
   * Returns the values of secrets, by name.
   *
   * @throws IllegalStateException if a secret cannot be read; the message says which and why, and never contains a
   *     value
   */
  Map<String, String> read(Map<String, String> arns) {
    Map<String, String> values = new LinkedHashMap<>();
    arns.forEach((name, arn) -> {
      try {
        values.put(name, value(arn));
      } catch (AwsException | MismatchException e) {
        String why = e instanceof AwsErrorException error ? why(error) : e.getMessage();
        throw new IllegalStateException(
            "secret '" + name + "' (" + arn + ") cannot be read: " + why,
            e instanceof AwsErrorException ? null : e); // an answer may hold anything
      }
    });
    return values;
  }

  private static String why(AwsErrorException error) {
    return error.code().isEmpty() ? "status " + error.statusCode()
        : (error.code() + " " + error.errorMessage()).strip();
  }

  private String value(String arn) throws MismatchException {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn") || parts[3].isEmpty()) {
      throw new MismatchException("not an ARN");
    }
    return switch (parts[2]) {
      case "secretsmanager" -> {
        String body = json.write(Map.of("SecretId", arn));
        yield text(call(AwsService.SECRETS_MANAGER, "GetSecretValue", parts[3], body), "SecretString")
            .orElseThrow(() -> new MismatchException("its value is binary, but must be text"));
      }
      case "ssm" -> {
        String body = json.write(Map.of("Name", arn, "WithDecryption", true));
        yield text(call(AwsService.SSM, "GetParameter", parts[3], body), "Parameter", "Value")
            .orElseThrow(() -> new MismatchException("the answer has no value"));
      }
      default -> throw new MismatchException("it belongs to neither Secrets Manager nor the Parameter Store");
    };
  }

  private String call(AwsService service, String operation, String region, String body) {
    return new String(client.call(service, region, operation, body.getBytes(UTF_8), _ -> false), UTF_8);
  }

  /** Returns the string at a path in a JSON text; empty if there is none. */
  private Optional<String> text(String answer, String... path) throws MismatchException {
    Object at = json.read(answer, Object.class);
    for (String name : path) {
      at = at instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return at instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
