package dev.pinion.junit;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where tests find an app that is deployed: one URL, or {@code ID=URL} for each WebSocket and HTTP
 * API, separated by commas. */
record DeployedTarget(Map<String, URI> urls) {
  /** The system property that names the target. */
  static final String PROPERTY = "pinion.target";

  static DeployedTarget parse(String text) {
    Map<String, URI> urls = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int mark = part.indexOf('=');
      boolean named = mark > 0 && !part.substring(0, mark).contains(":");
      URI url = URI.create((named ? part.substring(mark + 1) : part).strip());
      boolean isKnown = Set.of("ws", "wss", "http", "https").contains(String.valueOf(url.getScheme()));
      if (!isKnown || url.getHost() == null) {
        throw new IllegalArgumentException(
            "-D" + PROPERTY + ": '" + part.strip()
                + "' is not a URL such as wss://abc.execute-api.eu-west-1.amazonaws.com/prod");
      }
      urls.put(named ? part.substring(0, mark).strip() : "", url);
    }
    return new DeployedTarget(urls);
  }

  @Override
  public String toString() {
    return urls.values().stream().map(URI::toString).collect(java.util.stream.Collectors.joining(", "));
  }
}
