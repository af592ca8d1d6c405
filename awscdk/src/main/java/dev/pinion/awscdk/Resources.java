package dev.pinion.awscdk;

import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.constructs.IConstruct;

/** The constructs of an app, by kind and path. */
final class Resources {
  private final Map<Reference, IConstruct> all = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final Map<String, WebSocketStage> stages = new LinkedHashMap<>();

  void put(Kind kind, String path, IConstruct construct) {
    all.put(new Reference(kind, path), construct);
  }

  /** Notes the name of a function and its alias that is given before they exist. */
  void name(String path, String name) {
    names.put(path, name);
  }

  /** Returns the name of a function and its alias that was given. */
  String name(String path) {
    return Objects.requireNonNull(names.get(path), path);
  }

  /** Notes where clients reach an API. */
  void address(String path, String address) {
    addresses.put(path, address);
  }

  /** Returns where clients reach an API. */
  String address(String path) {
    return Objects.requireNonNull(addresses.get(path), path);
  }

  void putStage(String path, WebSocketStage stage) {
    stages.put(path, stage);
  }

  /**
   * Returns a construct.
   *
   * @throws IllegalArgumentException if there is none of that path; the message lists those that exist
   */
  <T extends IConstruct> T get(Kind kind, String path, Class<T> type) {
    @Nullable IConstruct found = all.get(new Reference(kind, path));
    if (found == null) throw new IllegalArgumentException(missing(kind, path));
    return type.cast(found);
  }

  WebSocketStage stage(String path) {
    @Nullable WebSocketStage found = stages.get(path);
    if (found == null) throw new IllegalArgumentException(missing(Kind.API, path));
    return found;
  }

  private String missing(Kind kind, String path) {
    String there =
        all.keySet().stream().filter(each -> each.kind() == kind).map(Reference::path)
            .collect(Collectors.joining(", "));
    String name = kind == Kind.API ? "webSocket"
        : kind == Kind.HTTP_API ? "HTTP API" : kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "the app has no " + name + " '" + path + "': " + (there.isEmpty() ? "it has none" : "it has " + there);
  }
}
