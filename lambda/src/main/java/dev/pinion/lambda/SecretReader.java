package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;

/**
 * Reads secrets from Secrets Manager and from the Systems Manager's Parameter Store, which of them an ARN tells. One
 * signed request each, as a client of the SDK makes it: the SDK's own clients for the two are 7 MB for these two calls.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">
 *     Secrets Manager: GetSecretValue</a>
 * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">Systems Manager:
 *     GetParameter</a>
 */
final class SecretReader {
  private final Clients clients;
  private final SdkHttpClient http;
  private final Retries retries;
  private final RecordCodec json;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  SecretReader(Clients clients, SdkHttpClient http, Retries retries, RecordCodec json) {
    this.clients = clients;
    this.http = http;
    this.retries = retries;
    this.json = json;
  }

  /**
   * The values behind ARNs, by the same names.
   *
   * @throws IllegalStateException naming the secret that cannot be read, and why
   */
  Map<String, String> read(Map<String, String> arns) {
    Map<String, String> values = new LinkedHashMap<>();
    arns.forEach((name, arn) -> {
      try {
        values.put(name, value(arn));
      } catch (SdkClientException | AwsServiceException | UncheckedIOException | MismatchException e) {
        String why =
            e instanceof AwsServiceException refused ? refused.awsErrorDetails().errorMessage() : e.getMessage();
        throw new IllegalStateException("secret '" + name + "' (" + arn + ") cannot be read: " + why, e);
      }
    });
    return values;
  }

  private String value(String arn) throws MismatchException {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn")) {
      throw new MismatchException("not an ARN");
    }
    Region region = Region.of(parts[3]);
    return switch (parts[2]) {
      case "secretsmanager" -> {
        String body = json.write(Map.of("SecretId", arn));
        yield text(post("secretsmanager", "secretsmanager.GetSecretValue", region, body), "SecretString")
            .orElseThrow(() -> new MismatchException("it is binary, and a secret must be text"));
      }
      case "ssm" -> {
        String body = json.write(Map.of("Name", arn, "WithDecryption", true));
        yield text(post("ssm", "AmazonSSM.GetParameter", region, body), "Parameter", "Value")
            .orElseThrow(() -> new MismatchException("the answer has no value"));
      }
      default -> throw new MismatchException("neither of Secrets Manager nor of the Parameter Store");
    };
  }

  /** The text at a path into JSON, empty where it does not lead. */
  private Optional<String> text(String answer, String... path) throws MismatchException {
    Object at = json.read(answer, Object.class);
    for (String name : path) {
      at = at instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return at instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private String post(String service, String target, Region region, String body) {
    return retries.call(() -> {
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      SdkHttpRequest request =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.POST)
              .uri(endpoint(service, region))
              .putHeader("Content-Type", "application/x-amz-json-1.1")
              .putHeader("Content-Length", String.valueOf(content.length))
              .putHeader("X-Amz-Target", target)
              .build();
      ContentStreamProvider payload = ContentStreamProvider.fromByteArray(content);
      var signed =
          signer.sign(
              sign -> sign.identity(clients.credentials().resolveCredentials())
                  .request(request)
                  .payload(payload)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
      HttpExecuteRequest execute =
          HttpExecuteRequest.builder().request(signed.request()).contentStreamProvider(payload).build();
      try {
        return answer(http.prepareRequest(execute).call());
      } catch (IOException e) {
        throw SdkClientException.create(String.valueOf(e.getMessage()), e);
      }
    });
  }

  private URI endpoint(String service, Region region) {
    return clients.endpoint(service.equals("ssm") ? "AWS_ENDPOINT_URL_SSM" : "AWS_ENDPOINT_URL_SECRETS_MANAGER")
        .orElseGet(() -> Clients.standard(service, region));
  }

  private String answer(HttpExecuteResponse response) throws IOException {
    String text = "";
    if (response.responseBody().isPresent()) {
      try (var body = response.responseBody().get()) {
        text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    if (response.httpResponse().isSuccessful()) {
      return text;
    }
    throw refusal(response.httpResponse().statusCode(), text);
  }

  /** What the service answered instead; its message never holds a value. */
  private AwsServiceException refusal(int status, String text) {
    String code = "";
    String message = "status " + status;
    try {
      code = text(text, "__type").map(type -> type.substring(type.indexOf('#') + 1)).orElse("");
      Optional<String> capital = text(text, "Message");
      message = code + " " + text(text, "message").or(() -> capital).orElse(message);
    } catch (MismatchException _) {
      // not the service's own answer; the status says it
    }
    return AwsServiceException.builder()
        .statusCode(status)
        .message(message)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
