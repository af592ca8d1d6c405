package dev.pinion;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ARN of an AWS resource outside the app, which may contain values of the app's configs, such as a bucket's name.
 * Used with {@link HandlerOptions#allow(String, Arn)}. Immutable.
 */
public final class Arn {
  private final List<Object> parts;

  private Arn(List<Object> parts) {
    this.parts = parts;
  }

  /**
   * Returns the ARN that consists of these parts, such as {@code Arn.of("arn:aws:s3:::", bucket, "/*")}. The values of
   * configs are inserted where the app is deployed.
   *
   * @param parts strings and {@link Config}s, in order; anything else is reported where the ARN is used
   */
  public static Arn of(Object... parts) {
    return new Arn(List.copyOf(Arrays.asList(parts)));
  }

  List<Object> parts() {
    return parts;
  }

  /** Returns the ARN with {@code ${id}} in place of each config's value. */
  @Override
  public String toString() {
    return parts.stream()
        .map(part -> part instanceof Config config ? "${" + config.model().id() + "}" : part.toString())
        .collect(Collectors.joining());
  }
}
