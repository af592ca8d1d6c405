package dev.pinion.cli;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.WebSocketModel;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The WebSockets of a program that is deployed: routes as the program declares them, URLs as its state has them. */
final class ProgramTarget {
  private final ProgramOptions program;
  private final PrintStream out;
  private final PrintStream err;

  ProgramTarget(Path program, PrintStream out, PrintStream err) {
    this.program = new ProgramOptions(program, List.of(), List.of(), true);
    this.out = out;
    this.err = err;
  }

  /**
   * Finds a WebSocket.
   *
   * @param named a URL, the id of a WebSocket, or null for the first one
   * @throws UserException if there is none, or nothing is deployed
   */
  ConnectTarget find(@Nullable String named) throws InterruptedException {
    List<WebSocketModel> all = model().webSockets();
    if (all.isEmpty()) throw new UserException("error: " + program.path() + " declares no WebSocket");
    boolean isUrl = named != null && named.contains("://");
    Map<String, String> urls = isUrl ? Map.of() : urls();
    WebSocketModel chosen = all.stream().filter(each -> isUrl || named == null || each.id().equals(named)).findFirst()
        .orElseThrow(() -> new UserException("error: " + program.path() + " has no WebSocket '" + named + "'"));
    Optional<String> url = Optional.ofNullable(isUrl ? named : urls.get(chosen.id()));
    return new ConnectTarget(
        ConnectTarget.url(url.orElseThrow(() -> new UserException(
            "error: WebSocket '" + chosen.id() + "' is not deployed: deploy it with pinion deploy"))),
        KnownRoutes.of(chosen), Optional.empty());
  }

  private AppModel model() {
    RunCache cache = program.cache(err::println);
    Program read = new ProgramReader(err::println).read(program).withSharedVersions(_ -> {});
    ProgramLoader loader = read.load(cache, err);
    return Inspections.define(loader, AppClass.of(loader, read));
  }

  private Map<String, String> urls() throws InterruptedException {
    DeployFolder folder = DeployFolder.of(program, null, null);
    if (!folder.isCompiled()) {
      throw new UserException(
          "error: " + program.path() + " is not compiled to " + folder.path() + ", so its URL is not"
              + " known: deploy it with pinion deploy, or name the URL");
    }
    CompiledApp.in(folder).ifPresent(each -> each.mustBeOf(program, "the URL"));
    if (folder.target().equals(CompileOptions.AWSCDK)) {
      AwsCli aws = AwsCli.find(
          program.path() + " is compiled for awscdk, and reading the outputs of its stack needs",
          ", or name the URL that cdk has printed");
      return StackOutputs.ask(aws, folder.path()).urls();
    }
    return new TerraformDeployment(folder.path(), null, out, err).outputs().urls();
  }
}
