package dev.pinion.awsclient;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Passes on the header of the invocation that is handled, as the AWS SDKs do. Lambda counts in it how often functions
 * have called each other, and ends loops; without it, a loop would go on. It is not signed.
 *
 * <p>Source: Lambda developer guide, "Use Lambda recursive loop detection to prevent infinite loops".
 */
final class TraceHeader {
  private static final String NAME = "X-Amzn-Trace-Id";
  /** Set by Lambda's Java runtime for each invocation. */
  private static final String PROPERTY = "com.amazonaws.xray.traceHeader";

  private TraceHeader() {}

  /** Returns the request with the header; the request itself if nothing is being traced. */
  static AwsCall added(AwsCall call) {
    String trace = System.getProperty(PROPERTY, "");
    if (trace.isEmpty()) return call;
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.put(NAME, trace);
    return call.with(headers);
  }
}
