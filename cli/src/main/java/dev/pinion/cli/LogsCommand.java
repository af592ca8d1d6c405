package dev.pinion.cli;

import dev.pinion.cli.LogLines.Line;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command {@code logs}: what the handlers of an app have logged, in the order of time. */
final class LogsCommand {
  private final LogsOptions options;
  private final PrintStream out;
  private final PrintStream err;

  LogsCommand(LogsOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Prints the log and returns the exit code. */
  int run() throws InterruptedException {
    return options.program() == null ? local() : deployed(options.program());
  }

  private int local() throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    try {
      RunningApp app = ConnectTarget.app(http, URI.create("http://localhost:" + options.port() + "/"));
      LocalLogs logs = new LocalLogs(app, options.handler());
      if (!options.follow()) {
        List<Line> lines = logs.recorded();
        if (lines.isEmpty()) {
          err.println("nothing is recorded: an app records while somebody looks, such as pinion logs --follow or its"
              + " page, and for 90 seconds afterwards");
        }
        print(lines);
        return PinionCommand.OK;
      }
      err.println("following the app at " + app.page() + " until Ctrl-C");
      while (logs.waitForMore(this::print)) {
        // until it ends
      }
      err.println("the app at " + app.page() + " has ended");
      return PinionCommand.OK;
    } finally {
      http.shutdownNow();
    }
  }

  private int deployed(Path program) throws InterruptedException {
    ProgramOptions named = new ProgramOptions(program, List.of(), List.of(), true);
    DeployFolder folder = DeployFolder.of(named, options.target(), options.out());
    if (!folder.isCompiled()) {
      throw new UserException("error: " + program + " is not compiled to " + folder.path() + ": its logs are found by"
          + " what was deployed from there; deploy it with pinion deploy, or name the folder with --out");
    }
    CompiledApp.in(folder).ifPresent(each -> each.mustBeOf(named, "the folder with --out"));
    AwsCli aws = AwsCli.find("the logs of a deployed app need", "");
    CloudLogs logs = new CloudLogs(aws, chosen(groups(folder, aws)), options.all());
    long since = System.currentTimeMillis() - options.since().toMillis();
    if (options.follow()) logs.follow(since, this::print);
    else print(logs.since(since));
    return PinionCommand.OK;
  }

  private Map<String, String> groups(DeployFolder folder, AwsCli aws) throws InterruptedException {
    Map<String, String> groups = folder.target().equals(CompileOptions.AWSCDK)
        ? CloudLogs.physical(aws, CdkDeployment.stack(folder.path()), CdkDeployment.logGroups(folder.path()))
        : new TerraformDeployment(folder.path(), null, out, err).outputs().groups();
    if (groups.isEmpty()) throw new UserException("error: nothing is deployed from " + folder.path());
    return groups;
  }

  private Map<String, String> chosen(Map<String, String> groups) {
    @Nullable String handler = options.handler();
    if (handler == null) return groups;
    String group = groups.get(handler);
    if (group == null) throw unknown(handler, groups.keySet().stream().toList());
    return new LinkedHashMap<>(Map.of(handler, group));
  }

  /** Returns the mistake of a handler that an app does not have. */
  static UserException unknown(String handler, List<String> handlers) {
    return new UserException("error: the app has no handler '" + handler + "': it has " + String.join(", ", handlers));
  }

  private void print(List<Line> lines) {
    lines.forEach(each -> out.println(each.text()));
    out.flush();
  }
}
