package dev.pinion.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code connect}.
 *
 * @param url what the user wrote: a URL, a port, or the id of a WebSocket; null for the app on port 8080
 * @param program the program whose deployed app is meant; null for none
 * @param script the file with the lines to send; null for the standard input
 * @param headers the headers of the handshake, names with values
 * @param subprotocols the subprotocols to offer
 * @param query the query to add, encoded
 * @param linger how long to stay connected once the standard input has ended
 */
record ConnectOptions(
    @Nullable String url, @Nullable Path program, @Nullable Path script, List<Map.Entry<String, String>> headers,
    List<String> subprotocols, String query, Duration linger) {
  private static final String HEADER = "--header";
  private static final String QUERY = "--query";

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return Commands.create("Connect to a WebSocket of a running or deployed app, and send lines as messages.")
        .addPositional(
            PositionalParamSpec.builder().paramLabel("URL").arity("0..1").type(String.class)
                .description("A URL such as wss://ID.execute-api.REGION.amazonaws.com/prod, the port of an app that"
                    + " runs on this machine, or the id of a WebSocket of the app on port 8080. Default: the first"
                    + " WebSocket of the app on port 8080.")
                .build())
        .addOption(
            OptionSpec.builder("--program").paramLabel("PROGRAM").type(Path.class)
                .description(
                    "The deployed app of this program: its routes are known, and without URL, or with the id of"
                        + " a WebSocket, the URL is taken from the state of its Terraform module.")
                .build())
        .addOption(
            OptionSpec.builder("--script").paramLabel("FILE").type(Path.class)
                .description("Send the lines of a file, which may also wait for messages: see docs/connect.md. The exit"
                    + " code is 1 if a message does not come as expected.")
                .build())
        .addOption(repeated("-H", HEADER, "'NAME: VALUE'", "Send this header with the handshake. Repeatable."))
        .addOption(repeated("-s", "--subprotocol", "NAME", "Offer this subprotocol. Repeatable."))
        .addOption(repeated("-q", QUERY, "NAME=VALUE", "Add this parameter to the query. Repeatable."))
        .addOption(
            OptionSpec.builder("--wait").paramLabel("TIME").type(Duration.class).converters(new GraceConverter())
                .description("How long to stay connected once the input has ended, if it is not a terminal, such as"
                    + " 500ms or 10s. Default: 1s.")
                .build());
  }

  private static OptionSpec repeated(String letter, String name, String label, String description) {
    return OptionSpec.builder(letter, name).paramLabel(label).type(List.class).auxiliaryTypes(String.class)
        .description(description).build();
  }

  /**
   * Reads the parsed arguments.
   *
   * @throws UserException if a header or a parameter has no name
   */
  static ConnectOptions of(ParseResult parsed) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String each : parsed.matchedOptionValue(HEADER, List.<String>of())) {
      headers.add(pair(each, ":", "-H needs a name and a value, such as -H 'Authorization: Bearer abc'"));
    }
    String query = parsed.matchedOptionValue(QUERY, List.<String>of()).stream()
        .map(each -> pair(each, "=", "--query needs a name and a value, such as --query room=lobby"))
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue())).collect(Collectors.joining("&"));
    return new ConnectOptions(
        parsed.<@Nullable String>matchedPositionalValue(0, null),
        parsed.<@Nullable Path>matchedOptionValue("--program", null),
        parsed.<@Nullable Path>matchedOptionValue("--script", null),
        headers, parsed.matchedOptionValue("--subprotocol", List.<String>of()), query,
        parsed.matchedOptionValue("--wait", Duration.ofSeconds(1)));
  }

  private static Map.Entry<String, String> pair(String text, String separator, String mistake) {
    int at = text.indexOf(separator);
    if (at <= 0) throw new UserException("error: '" + text + "': " + mistake);
    return Map.entry(text.substring(0, at).strip(), text.substring(at + 1).strip());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns a URL with the query of these options, and one more parameter unless it is empty. */
  URI withQuery(URI url, String more) {
    StringBuilder all = new StringBuilder(url.getRawQuery() == null ? "" : url.getRawQuery());
    for (String each : List.of(query, more)) {
      if (!each.isEmpty()) all.append(all.isEmpty() ? "" : "&").append(each);
    }
    String text = url.toString();
    int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
    return URI.create(text.substring(0, end) + (all.isEmpty() ? "" : "?" + all));
  }
}
