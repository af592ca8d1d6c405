package dev.pinion.dynamodb;

import dev.pinion.TransactionCanceledException;
import dev.pinion.ValidationException;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.TableRequests;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * DynamoDB's own protocol on an app's tables, for AWS's command line, SDKs and other tools: JSON 1.0, {@code POST /}
 * with {@code X-Amz-Target: DynamoDB_20120810.}<i>operation</i>. The tables have the names that the program gives them.
 *
 * <p>Any credentials are accepted, and signatures are not checked; without an {@code Authorization} header only
 * requests from a page of this server are. Whoever calls this has already refused pages of other origins. What is
 * written is written as by handlers, but without the check of their roles. Any thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">DynamoDB:
 *     low-level API</a>
 */
public final class DynamoDbEndpoint {
  /** The most bytes of a request's body, as for DynamoDB. */
  public static final int BODY_BYTES = 16 * 1024 * 1024;

  private static final String TARGET = "X-Amz-Target";
  private static final String JSON = "application/x-amz-json-1.0";
  private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int ID_LENGTH = 52;

  private final Supplier<DynamoDbOperations> operations;
  private final JsonCodec json;
  private @Nullable DynamoDbOperations known;

  /**
   * Creates the endpoint of an app's tables.
   *
   * @param models what the app declares at this moment
   * @param tables the operations on the tables' rows
   * @param json reads and writes the bodies
   * @param clock says how long tokens of transactions are known
   */
  public DynamoDbEndpoint(
      Supplier<List<TableModel>> models, TableRequests tables, JsonCodec json, InstantSource clock) {
    Instant since = clock.instant();
    operations = () -> new DynamoDbOperations(new LocalTables(models, tables), clock, since);
    this.json = json;
  }

  /** Returns whether a request is for DynamoDB, by its method, path and headers. */
  public static boolean isFor(HttpRequest head) {
    return head.method().equals("POST") && head.path().equals("/") && head.header(TARGET).isPresent();
  }

  /** Answers a request; empty if it is not for DynamoDB. */
  public Optional<HttpResponse> answer(HttpRequest request) {
    if (!isFor(request)) {
      return Optional.empty();
    }
    try {
      return Optional.of(response(200, execute(request)));
    } catch (DynamoDbError e) {
      return Optional.of(response(400, e.members()));
    } catch (ValidationException e) {
      return Optional.of(response(400, DynamoDbError.validation(String.valueOf(e.getMessage())).members()));
    } catch (TransactionCanceledException e) {
      return Optional.of(response(400, DynamoDbError.canceled(e.reasons(), _ -> Map.of()).members()));
    }
  }

  private Map<String, Object> execute(HttpRequest request) {
    Parameters parameters = Parameters.of(body(request.body()));
    String[] target = request.header(TARGET).orElse("").split("\\.", -1);
    if (target.length != 2 || !target[0].equals("DynamoDB_20120810")) {
      throw DynamoDbError.unknownOperation("");
    } else if (!isAuthentic(request)) {
      throw DynamoDbError.missingAuthenticationToken();
    }
    return operations().execute(target[1], parameters, request.header("Host").orElse(""));
  }

  /** Made for the first request, as most runs have none. */
  private synchronized DynamoDbOperations operations() {
    DynamoDbOperations made = known == null ? operations.get() : known;
    known = made;
    return made;
  }

  private @Nullable Object body(String text) {
    try {
      return json.read(text, Object.class);
    } catch (JsonCodec.MismatchException _) {
      throw DynamoDbError.serialization("");
    }
  }

  /** Browsers send the origin with each POST. */
  private static boolean isAuthentic(HttpRequest request) {
    return request.header("Authorization").isPresent()
        || request.query().contains("X-Amz-Signature=")
        || request.header("Origin").isPresent();
  }

  private HttpResponse response(int status, Map<String, Object> members) {
    byte[] body = json.write(new LinkedHashMap<>(members)).getBytes(UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(body);
    return HttpResponse.of(status, JSON, body)
        .header("x-amz-crc32", Long.toString(checksum.getValue()))
        .header("x-amzn-RequestId", requestId());
  }

  private static String requestId() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    ThreadLocalRandom.current().ints(ID_LENGTH, 0, ID_CHARACTERS.length())
        .forEach(i -> id.append(ID_CHARACTERS.charAt(i)));
    return id.toString();
  }
}
