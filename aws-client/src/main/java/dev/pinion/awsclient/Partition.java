package dev.pinion.awsclient;

/**
 * A part of AWS with domain names of its own.
 *
 * @param dnsSuffix what hosts' names end with
 * @param dualStackSuffix the same for hosts that are reached over IPv6 too
 * @param specialFips whether the usual names are those of FIPS endpoints, for DynamoDB and Systems Manager
 */
record Partition(String dnsSuffix, String dualStackSuffix, boolean specialFips) {
  private static final Partition AWS = new Partition("amazonaws.com", "api.aws", false);

  static Partition of(String region) {
    if (region.startsWith("cn-")) {
      return new Partition("amazonaws.com.cn", "api.amazonwebservices.com.cn", false);
    }
    if (region.startsWith("us-gov-")) {
      return new Partition("amazonaws.com", "api.aws", true);
    }
    if (region.startsWith("us-iso-")) {
      return new Partition("c2s.ic.gov", "api.aws.ic.gov", false);
    }
    if (region.startsWith("us-isob-")) {
      return new Partition("sc2s.sgov.gov", "api.aws.scloud", false);
    }
    if (region.startsWith("us-isof-")) {
      return new Partition("csp.hci.ic.gov", "api.aws.hci.ic.gov", false);
    }
    if (region.startsWith("eu-isoe-")) {
      return new Partition("cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", false);
    }
    if (region.startsWith("eusc-")) {
      return new Partition("amazonaws.eu", "api.amazonwebservices.eu", false);
    }
    return AWS;
  }
}
