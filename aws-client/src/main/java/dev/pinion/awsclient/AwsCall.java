package dev.pinion.awsclient;

import java.net.URI;
import java.util.Map;

/**
 * An HTTP request. {@code Host} and {@code Content-Length} are not among the headers: the transport adds them. The body
 * is not copied, and must not be changed.
 */
final class AwsCall {
  private final String method;
  private final URI uri;
  private final Map<String, String> headers;
  private final byte[] body;

  AwsCall(String method, URI uri, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
  }

  /** The same request with other headers. */
  AwsCall with(Map<String, String> others) {
    return new AwsCall(method, uri, others, body);
  }

  String method() {
    return method;
  }

  URI uri() {
    return uri;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** The request's {@code Host}: without the port when it is the scheme's own. */
  String host() {
    int port = uri.getPort();
    boolean usual = port < 0 || port == ("https".equals(uri.getScheme()) ? 443 : 80);
    return usual ? uri.getHost() : uri.getHost() + ":" + port;
  }
}
