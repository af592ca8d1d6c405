package dev.pinion.cli;

import dev.pinion.gateway.Profile;
import dev.pinion.sim.Fault;
import dev.pinion.sim.Faults;
import dev.pinion.sim.PermissionMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code run}.
 *
 * @param program the program
 * @param ports the ports to listen on; a WebSocket without one gets the simulator's default
 * @param host the address to listen on; null for the simulator's default
 * @param data the folder for the tables; null for {@code .pinion} next to the program
 * @param fresh whether to start with empty tables
 * @param stage the stage of all WebSockets; null for what the app declares
 * @param allowedOrigins additional origins that may connect
 * @param allowedHosts additional host names to accept
 * @param profile how strict the gateway is
 * @param permissions what happens to operations that a handler's role does not allow
 * @param reload whether changes of the program's files replace it while it runs
 * @param faults the faults that the app meets; null for none
 * @param logForm the form of the log
 * @param grace how long running handlers may take to finish
 */
record RunOptions(
    ProgramOptions program,
    List<Port> ports,
    @Nullable String host,
    @Nullable Path data,
    boolean fresh,
    @Nullable String stage,
    List<String> allowedOrigins,
    List<String> allowedHosts,
    Profile profile,
    PermissionMode permissions,
    boolean reload,
    @Nullable Faults faults,
    LogForm logForm,
    Duration grace) {
  private static final String NO_RELOAD = "--no-reload";

  RunOptions {
    ports = List.copyOf(ports);
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    CommandSpec spec = ProgramOptions.addTo(Commands.create("Run an app on this machine until Ctrl-C."))
        .addOption(
            repeated("--port", "N|ID=N", "The port to listen on, or with ID=N the port of one WebSocket; 0 picks a free"
                + " port. Default: 8080. Repeatable.").auxiliaryTypes(Port.class)
                .converters(new Port.Converter())
                .build())
        .addOption(
            option("--host", "HOST", "The address to listen on; 0.0.0.0 accepts other machines. Default: localhost.")
                .type(String.class)
                .converters(new AddressConverter())
                .build())
        .addOption(
            option("--data", "FOLDER", "The folder for the tables' data. Default: .pinion next to the program.")
                .type(Path.class)
                .build())
        .addOption(OptionSpec.builder("--fresh").description("Start with empty tables and new schedules.")
            .type(boolean.class).build())
        .addOption(
            option("--stage", "STAGE", "The stage, which is the last part of the URL. Default: the stage that the app"
                + " declares.").type(String.class).converters(new StageConverter()).build())
        .addOption(
            repeated("--allow-origin", "ORIGIN", "Accept connections from pages of this origin, such as"
                + " http://localhost:5173. Repeatable.").converters(new OriginConverter()).build())
        .addOption(
            repeated("--allow-host", "HOST", "Accept requests for this host name too, such as the name of a tunnel."
                + " Repeatable.").converters(new HostConverter()).build());
    return behavior(spec);
  }

  private static CommandSpec limits(CommandSpec spec) {
    return spec
        .addOption(
            option("--profile", "NAME", "How strict the gateway is: aws, or relaxed, which accepts binary messages"
                + " and messages of up to 16 MiB. Default: aws.").type(Profile.class).converters(new ProfileConverter())
                .build())
        .addOption(
            option("--connection-rate", "N", "How many new connections are accepted per second, and at once, for load"
                + " tests; more are answered 429. Default: 500, as on AWS.").type(Integer.class)
                .converters(new RateConverter())
                .build())
        .addOption(
            option("--request-rate", "N", "How many requests HTTP APIs answer per second, and at once, for load tests;"
                + " more are answered 429. Default: 10000 with a burst of 5000, as on AWS.").type(Integer.class)
                .converters(new RateConverter())
                .build());
  }

  private static CommandSpec behavior(CommandSpec spec) {
    return limits(spec)
        .addOption(
            option("--permissions", "MODE", "What happens to an operation that the handler's role does not allow on"
                + " AWS: enforce throws the exception that AWS's refusal becomes, warn logs it, off checks nothing."
                + " Default: enforce.").type(PermissionMode.class).converters(new PermissionModeConverter()).build())
        .addOption(
            OptionSpec.builder(NO_RELOAD).type(boolean.class)
                .description(
                    "Keep the program as it was at the start. Default: when its files are saved, the new program"
                        + " replaces it, while sockets stay open.")
                .build())
        .addOption(
            repeated("--fault", "FAULT:RATE", "Provoke what goes wrong on AWS now and then, such as post:410:0.05:"
                + " post:410, post:429, disconnect, reset, stall, timeout or reorder, and how likely it is."
                + " Repeatable.")
                .auxiliaryTypes(Fault.class).converters(new FaultConverter()).build())
        .addOption(
            option("--seed", "N", "The seed of faults; the same seed gives the same ones. Default: a random one, which"
                + " is printed.").type(Long.class).build())
        .addOption(
            option("--log", "FORM", "The form of failures and warnings: text, or json, as functions write them on AWS."
                + " Default: text.").type(LogForm.class).converters(new LogFormConverter()).build())
        .addOption(DebugPort.option())
        .addOption(
            OptionSpec.builder(DebugPort.SUSPEND).type(boolean.class)
                .description("With --debug: start the app only once a debugger is attached.").build())
        .addOption(
            option("--grace", "TIME", "How long running handlers may take to finish after Ctrl-C, such as 500ms or"
                + " 10s. Default: 1s.").type(Duration.class).converters(new GraceConverter()).build());
  }

  private static OptionSpec.Builder repeated(String name, String label, String description) {
    return option(name, label, description).type(List.class).auxiliaryTypes(String.class);
  }

  private static OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).description(description);
  }

  /** Reads the parsed arguments. */
  static RunOptions of(ParseResult parsed) {
    DebugPort.check(parsed);
    return new RunOptions(
        ProgramOptions.of(parsed),
        parsed.matchedOptionValue("--port", List.<Port>of()),
        parsed.<@Nullable String>matchedOptionValue("--host", null),
        parsed.<@Nullable Path>matchedOptionValue("--data", null),
        parsed.matchedOptionValue("--fresh", false),
        parsed.<@Nullable String>matchedOptionValue("--stage", null),
        parsed.matchedOptionValue("--allow-origin", List.<String>of()),
        parsed.matchedOptionValue("--allow-host", List.<String>of()),
        profile(parsed),
        parsed.matchedOptionValue("--permissions", PermissionMode.ENFORCE),
        !parsed.matchedOptionValue(NO_RELOAD, false),
        faults(parsed),
        parsed.matchedOptionValue("--log", LogForm.TEXT),
        parsed.matchedOptionValue("--grace", Duration.ofSeconds(1)));
  }

  private static @Nullable Faults faults(ParseResult parsed) {
    List<Fault> given = parsed.matchedOptionValue("--fault", List.<Fault>of());
    if (given.isEmpty()) return null;
    Faults faults =
        new Faults(parsed.matchedOptionValue("--seed", (long) ThreadLocalRandom.current().nextInt(1_000_000)));
    given.forEach(faults::add);
    return faults;
  }

  private static Profile profile(ParseResult parsed) {
    Profile profile = parsed.matchedOptionValue("--profile", Profile.AWS);
    @Nullable Integer connections = parsed.<@Nullable Integer>matchedOptionValue("--connection-rate", null);
    if (connections != null) profile = profile.connectionRate(connections).connectionBurst(connections);
    @Nullable Integer requests = parsed.<@Nullable Integer>matchedOptionValue("--request-rate", null);
    return requests == null ? profile : profile.requestRate(requests).requestBurst(requests);
  }
}
