package dev.pinion.lambda;

import app.Calling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Events of an HTTP API, in payload format 2.0, through a function's entry. */
final class HttpEventsTest {
  /** The example of API Gateway's guide, with the route and the body of this app. */
  private static final String WHOLE = """
      {"version": "2.0", "routeKey": "POST /orders/{id}", "rawPath": "/orders/a b",
       "rawQueryString": "parameter1=value1&parameter1=value2&parameter2=value",
       "cookies": ["cookie1=1", "cookie2=2"],
       "headers": {"Header1": "value1", "header2": "value1,value2"},
       "queryStringParameters": {"parameter1": "value1,value2", "parameter2": "value"},
       "requestContext": {
         "accountId": "123456789012", "apiId": "api-id",
         "authentication": {"clientCert": {"clientCertPem": "CERT_CONTENT", "subjectDN": "www.example.com"}},
         "authorizer": {"jwt": {"claims": {"sub": "ada", "exp": 1583348638}, "scopes": ["scope1", "scope2"]}},
         "domainName": "id.execute-api.us-east-1.amazonaws.com", "domainPrefix": "id",
         "http": {"method": "POST", "path": "/orders/a b", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                  "userAgent": "agent"},
         "requestId": "id", "routeKey": "POST /orders/{id}", "stage": "$default",
         "time": "12/Mar/2020:19:03:58 +0000", "timeEpoch": 1583348638390},
       "body": "aGVsbG8=", "pathParameters": {"id": "a b"}, "isBase64Encoded": true,
       "stageVariables": {"stageVariable1": "value1"}}""";
  /** What API Gateway sends for a request without a body, a query and cookies. */
  private static final String SPARSE = """
      {"version": "2.0", "routeKey": "POST /orders/{id}", "rawPath": "/orders/7", "rawQueryString": "",
       "headers": {"host": "h", "content-length": "0"},
       "requestContext": {"domainName": "h",
         "http": {"method": "POST", "path": "/orders/7", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1",
                  "userAgent": ""},
         "requestId": "r", "routeKey": "POST /orders/{id}", "timeEpoch": 1583348638390},
       "pathParameters": {"id": "7"}, "isBase64Encoded": false}""";

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Calling.TOLD.clear();
  }

  private String answer(String event) throws IOException {
    Function function = new Function(Map.of("PINION_APP", "app.Calling", "PINION_HANDLER", "api/POST /orders/{id}"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), answer, invocation);
    return answer.toString(UTF_8);
  }

  @Test
  void everyMemberReachesTheHandler() throws Exception {
    assertThat(answer(WHOLE)).isEqualTo(
        "{\"statusCode\":201,\"headers\":{\"x\":\"y\",\"content-type\":\"application/octet-stream\"},"
            + "\"cookies\":[\"a=b\"],\"body\":\"aGVsbG8=\",\"isBase64Encoded\":true}");
    assertThat(Calling.TOLD).containsExactly(
        "POST /orders/a b a b", "{parameter1=[value1, value2], parameter2=[value]}", "{cookie1=1, cookie2=2}",
        "{header1=value1, header2=value1,value2}", "192.0.2.1 Optional[agent] id 2020-03-04T19:03:58.390Z",
        "id.execute-api.us-east-1.amazonaws.com {sub=ada, exp=1583348638}", "hello");
    assertThat(invocation.logged()).isEmpty();
  }

  @Test
  void absentMembersAreEmpty() throws Exception {
    assertThat(answer(SPARSE)).startsWith("{\"statusCode\":201,");
    assertThat(Calling.TOLD).containsExactly(
        "POST /orders/7 7", "{}", "{}", "{host=h, content-length=0}",
        "192.0.2.1 Optional.empty r 2020-03-04T19:03:58.390Z", "h {}", "");
  }

  @Test
  void theRootBehindAPathOfADomainIsASlash() throws Exception {
    assertThat(answer(SPARSE.replace("\"rawPath\": \"/orders/7\"", "\"rawPath\": \"\"")))
        .startsWith("{\"statusCode\":201,");
    assertThat(Calling.TOLD).first().isEqualTo("POST / 7");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "\"2.0\" | \"1.0\" | version: payload format 1.0, but the route's integration must have 2.0",
    "\"method\": \"POST\" | \"method\": 7 | requestContext.http.method: not text",
    "\"rawPath\" | \"path\" | rawPath: missing",
    "\"cookies\": [\"cookie1=1\" | \"cookies\": [7 | cookies[0]: not text",
    "aGVsbG8= | %%% | body: not Base64, although isBase64Encoded is true"})
  void whatIsNoSuchEventIsRefused(String part, String other, String message) {
    assertThatThrownBy(() -> answer(WHOLE.replace(part, other))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the input is not a request to an HTTP API, which this function handles: " + message);
    assertThat(Calling.TOLD).isEmpty();
  }

  @Test
  void anEventOfAnotherRouteIsRefused() {
    assertThatThrownBy(() -> answer(WHOLE.replace("POST /orders/{id}", "GET /x"))).hasMessage(
        "a request of route 'GET /x' was sent to the function of handler 'api/POST /orders/{id}': the route's"
            + " integration invokes the wrong function");
  }

  @Test
  void aFailureFailsTheInvocation() {
    assertThatThrownBy(() -> answer(SPARSE.replace("\"id\": \"7\"", "\"id\": \"failing\"")))
        .isInstanceOf(IOException.class);
    assertThat(invocation.logged()).matches("Calling\\.java:\\d+: handler api/POST /orders/\\{id} failed for request r:"
        + " java.io.IOException: the disk is full\n");
  }
}
