package dev.pinion.spi;

import dev.pinion.spi.FunctionModel.ArnPart;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of a function that concern AWS alone.
 *
 * @param name the name of the function that handlers share; empty if the handler has a function of its own
 * @param reservedConcurrency how many calls at most run at the same time, for which AWS sets as many aside
 * @param provisionedConcurrency how many instances AWS keeps started
 * @param environment its environment variables: texts, and values of configs
 * @param layers the ARNs of versions of layers, in order
 * @param vpc whether it runs in the deployment's network
 * @param tracing whether X-Ray records its calls
 * @param metrics whether it writes metrics to its log
 * @param ephemeralStorage the size of {@code /tmp} in MiB
 * @param architecture {@code arm64} or {@code x86_64}; empty if the deployment's
 */
public record FunctionSettings(
    Optional<String> name,
    OptionalInt reservedConcurrency,
    OptionalInt provisionedConcurrency,
    Map<String, ArnPart> environment,
    List<String> layers,
    boolean vpc,
    boolean tracing,
    boolean metrics,
    int ephemeralStorage,
    Optional<String> architecture) {

  /** The size of {@code /tmp} of a function that does not set it, and the largest one with SnapStart, in MiB. */
  public static final int EPHEMERAL_STORAGE = 512;

  /** The settings of a function for which the app states none. */
  public static final FunctionSettings NONE = new FunctionSettings(
      Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Map.of(), List.of(), false, false, false,
      EPHEMERAL_STORAGE, Optional.empty());

  public FunctionSettings {
    environment = environment.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    layers = List.copyOf(layers);
  }

  /**
   * Whether Lambda can start instances from a snapshot.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Lambda: SnapStart, limitations</a>
   */
  public boolean snapStart() {
    return provisionedConcurrency.isEmpty() && ephemeralStorage <= EPHEMERAL_STORAGE;
  }
}
