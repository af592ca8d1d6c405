package dev.pinion.cli;

import dev.pinion.gateway.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code run}.
 *
 * @param program the file or folder
 * @param ports where to listen; the simulator's own choice for a WebSocket without one
 * @param host the address to listen on; null for the simulator's own choice
 * @param data where tables are kept; null for beside the program
 * @param fresh whether to begin with empty tables
 * @param stage the stage of all WebSockets; null for what the app declares
 * @param allowedOrigins further origins that may connect
 * @param allowedHosts further host names to answer to
 * @param profile how strict the gateway is
 * @param grace how long handlers may finish
 */
record RunOptions(
    Path program,
    List<Port> ports,
    @Nullable String host,
    @Nullable Path data,
    boolean fresh,
    @Nullable String stage,
    List<String> allowedOrigins,
    List<String> allowedHosts,
    Profile profile,
    Duration grace) {

  RunOptions {
    ports = List.copyOf(ports);
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** What picocli is to accept and to explain. */
  static CommandSpec spec() {
    return Commands.create("Run an app on this machine, until Ctrl-C.")
        .addPositional(programParameter())
        .addOption(
            repeated("--port", "N|ID=N", "The port to listen on, or the one of the WebSocket with this id; 0 takes a"
                + " free one. 8080 unless told. May be repeated.").auxiliaryTypes(Port.class)
                .converters(new Port.Converter())
                .build())
        .addOption(
            one("--host", "HOST", "The address to listen on. localhost unless told; 0.0.0.0 lets other machines in."))
        .addOption(
            option("--data", "FOLDER", "Where the tables are kept. .pinion beside the program unless told.")
                .type(Path.class)
                .build())
        .addOption(OptionSpec.builder("--fresh").description("Begin with empty tables.").type(boolean.class).build())
        .addOption(one("--stage", "STAGE", "The last part of the URL, instead of the stage that the app declares."))
        .addOption(
            repeated("--allow-origin", "ORIGIN", "Let pages of this origin connect, such as http://localhost:5173. May"
                + " be repeated.").build())
        .addOption(
            repeated("--allow-host", "HOST", "Answer requests to this host name too, such as that of a tunnel. May be"
                + " repeated.").build())
        .addOption(
            option("--profile", "NAME", "How strict the gateway is: aws, or relaxed, which takes binary messages and"
                + " up to 16 MiB. aws unless told.").type(Profile.class).converters(new ProfileConverter()).build())
        .addOption(
            option("--grace", "TIME", "How long handlers may finish after Ctrl-C, such as 500ms or 10s. 1s unless"
                + " told.").type(Duration.class).converters(new GraceConverter()).build());
  }

  /** The program, for every command that takes one. */
  static PositionalParamSpec programParameter() {
    return PositionalParamSpec.builder()
        .paramLabel("PROGRAM")
        .arity("1")
        .required(true)
        .type(Path.class)
        .description("A Java file, a Maven project (a folder with a pom.xml), or a folder of Java files.")
        .build();
  }

  private static OptionSpec one(String name, String label, String description) {
    return option(name, label, description).type(String.class).build();
  }

  private static OptionSpec.Builder repeated(String name, String label, String description) {
    return option(name, label, description).type(List.class).auxiliaryTypes(String.class);
  }

  private static OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).description(description);
  }

  /** What the user wrote. */
  static RunOptions of(ParseResult parsed) {
    return new RunOptions(
        parsed.<Path>matchedPositionalValue(0, Path.of("")),
        parsed.matchedOptionValue("--port", List.<Port>of()),
        parsed.<@Nullable String>matchedOptionValue("--host", null),
        parsed.<@Nullable Path>matchedOptionValue("--data", null),
        parsed.matchedOptionValue("--fresh", false),
        parsed.<@Nullable String>matchedOptionValue("--stage", null),
        parsed.matchedOptionValue("--allow-origin", List.<String>of()),
        parsed.matchedOptionValue("--allow-host", List.<String>of()),
        parsed.matchedOptionValue("--profile", Profile.AWS),
        parsed.matchedOptionValue("--grace", Duration.ofSeconds(1)));
  }
}
