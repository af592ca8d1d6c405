package dev.pinion.awsclient;

import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where services are reached: where the environment says, in the SDKs' own variables, or by region and partition.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">AWS SDKs: service-specific
 *     endpoints</a>
 */
record Endpoints(Map<String, String> variables) {
  /** They have endpoints with {@code -fips} in all partitions. */
  private static final Set<AwsService> WITHOUT_SPECIAL_FIPS =
      EnumSet.of(AwsService.SECRETS_MANAGER, AwsService.LAMBDA, AwsService.SCHEDULER);
  private static final String ALL = "AWS_ENDPOINT_URL";

  /**
   * A service's address.
   *
   * @throws IllegalArgumentException naming the variable that has no URL
   */
  URI of(AwsService service, String region) {
    if (!isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
      for (String name : new String[] {service.endpointVariable(), ALL}) {
        String url = variables.getOrDefault(name, "").strip();
        if (!url.isEmpty()) {
          return url(name, url);
        }
      }
    }
    return URI.create("https://" + host(service, region) + "/");
  }

  private String host(AwsService service, String region) {
    boolean fips = isTrue("AWS_USE_FIPS_ENDPOINT");
    boolean dualStack = isTrue("AWS_USE_DUALSTACK_ENDPOINT");
    Partition partition = Partition.of(region);
    boolean special = partition.specialFips() && !dualStack && !WITHOUT_SPECIAL_FIPS.contains(service);
    String name = service.id() + (fips && !special ? "-fips" : "");
    return name + "." + region + "." + (dualStack ? partition.dualStackSuffix() : partition.dnsSuffix());
  }

  private boolean isTrue(String name) {
    return "true".equalsIgnoreCase(variables.getOrDefault(name, "").strip());
  }

  private static URI url(String name, String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text : text + "/");
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is '" + text + "', which is not a URL", e);
    }
    throw new IllegalArgumentException(name + " is '" + text + "', which is not a URL of http or https");
  }
}
