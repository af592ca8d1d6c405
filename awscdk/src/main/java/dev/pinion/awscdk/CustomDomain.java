package dev.pinion.awscdk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.IHostedZone;

/**
 * The custom domain of an API. Several WebSockets, or several HTTP APIs, can share a domain with different paths; a
 * WebSocket and an HTTP API cannot. Not thread-safe; do not change it once the app is built.
 */
public final class CustomDomain {
  private static final String NAME = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})";
  private static final String BASE_PATH = "[A-Za-z0-9._-]*";

  final String name;
  final String certificate;
  Choice chosen = Choice.YES;
  String basePath = "";
  Choice hasBasePath = Choice.NO;
  Choice hasZone = Choice.NO;
  @Nullable String zone;
  Choice dualStack = Choice.NO;
  /** Whether there is a record for IPv6, if that is decided by parameters. */
  @Nullable Choice hasSecondRecord;
  Choice withoutEndpoint = Choice.NO;
  /** The opposite of {@link #withoutEndpoint}, if that is decided by a parameter. */
  Choice withEndpoint = Choice.YES;
  /** Whether the domain is made for this API, if parameters decide whether it shares that of another one. */
  @Nullable Choice made;
  /** By an API whose domain this one may share, as parameters decide: whether it does. */
  final Map<String, Choice> shared = new LinkedHashMap<>();

  CustomDomain(String name, String certificate) {
    this.name = name;
    this.certificate = certificate;
  }

  /**
   * Creates a domain.
   *
   * @param name such as {@code ws.example.com}, in lower case
   * @param certificate of the same region, that the name matches
   * @throws IllegalArgumentException if the name is not one
   */
  public static CustomDomain of(String name, ICertificate certificate) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("'" + name + "' is not a domain name such as ws.example.com, in lower case");
    }
    return new CustomDomain(name, certificate.getCertificateArn());
  }

  /** Adds the domain's DNS records to a hosted zone. Default: none, so the DNS has to be set up elsewhere. */
  public CustomDomain hostedZone(IHostedZone hostedZone) {
    zone = hostedZone.getHostedZoneId();
    hasZone = Choice.YES;
    return this;
  }

  /**
   * Sets the path of the API in the domain. Default: none.
   *
   * @param path one segment of letters, digits, dots, hyphens and underscores
   * @throws IllegalArgumentException for any other path
   */
  public CustomDomain basePath(String path) {
    if (!path.matches(BASE_PATH)) {
      throw new IllegalArgumentException("'" + path + "' is not one segment of a path, without slashes");
    }
    basePath = path;
    hasBasePath = path.isEmpty() ? Choice.NO : Choice.YES;
    return this;
  }

  /** Lets clients connect by IPv6 as well. Default: IPv4 only. */
  public CustomDomain dualStack() {
    dualStack = Choice.YES;
    return this;
  }

  /** Switches the API's default endpoint off, so that it is reached by the domain only. */
  public CustomDomain withoutDefaultEndpoint() {
    withoutEndpoint = Choice.YES;
    return this;
  }

  /**
   * Returns where clients reach the API.
   *
   * @param standard its address without the domain
   */
  String address(String standard) {
    return chosen.text(name + hasBasePath.text("/" + basePath, ""), standard);
  }

  /** Whether the domain is made for this API. */
  Choice made() {
    return made == null ? chosen : made;
  }

  /** Whether there is a record for IPv6. */
  Choice hasSecondRecord() {
    if (hasSecondRecord != null) return hasSecondRecord;
    return dualStack.possible() ? hasZone : Choice.NO;
  }

  String ipAddressType() {
    return dualStack.text("dualstack", "ipv4");
  }
}
