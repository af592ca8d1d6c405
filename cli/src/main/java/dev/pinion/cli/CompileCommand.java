package dev.pinion.cli;

import dev.pinion.aws.FunctionZip;
import dev.pinion.aws.OutputFolderException;
import dev.pinion.aws.Plan;
import dev.pinion.aws.PlanException;
import dev.pinion.aws.Planner;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
import dev.pinion.tfaws.ModuleFolder;
import dev.pinion.tfaws.OperatorFiles;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The command {@code compile}: compiles a program, plans its app on AWS, and writes what is deployed. */
final class CompileCommand {
  private final CompileOptions options;
  private final PrintStream out;
  private final PrintStream err;

  CompileCommand(CompileOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Writes the output folder, says what to do with it, and returns the exit code. */
  int run() {
    Path folder = compile();
    if (options.program().classes().isEmpty()) nextSteps(folder).forEach(out::println);
    return PinionCommand.OK;
  }

  /** Returns the commands that deploy a folder. */
  private List<String> nextSteps(Path folder) {
    boolean cdk = options.target().equals(CompileOptions.AWSCDK);
    List<String> deploy = new ArrayList<>(List.of("pinion", "deploy", "-t", options.target()));
    if (options.out() != null) deploy.addAll(List.of("--out", folder.toString()));
    if (options.stack() != null) deploy.addAll(List.of("--stack", options.stack()));
    deploy.add(options.program().path().toString());
    String shown = UserTool.quoted(Stream.of(folder.toString()));
    String itself = cdk ? "cdk deploy --app " + shown
        : "tofu -chdir=" + shown + " init && tofu -chdir=" + shown + " apply";
    return List.of("next: " + UserTool.quoted(deploy.stream()), "  or: " + itself);
  }

  /** Writes the output folder, and returns it. */
  Path compile() {
    RunCache cache = options.program().cache(err::println);
    Program program = new ProgramReader(err::println).read(options.program()).forFunctions(err::println);
    ProgramLoader loader = program.load(cache, err);
    Thread.currentThread().setContextClassLoader(loader);
    AppClass appClass = AppClass.of(loader, program);
    AppModel model = Inspections.define(loader, appClass);
    Path folder = options.out() == null ? program.home().resolve("target").resolve(options.target()) : options.out();
    try {
      write(folder, program, loader, appClass.name(), model, new Inspections(cache));
    } catch (PlanException mistake) {
      throw new UserException(String.valueOf(mistake.getMessage()), mistake);
    } catch (OutputFolderException mistake) {
      throw new UserException("error: " + mistake.getMessage() + " with --out", mistake);
    }
    return folder;
  }

  /** Writes to a folder, whose troubles are the user's. */
  private static <T> T written(Path folder, Supplier<T> write) {
    try {
      return write.get();
    } catch (UncheckedIOException e) {
      String trouble = FileTrouble.of(e).orElseThrow(() -> e);
      throw new UserException(
          "error: cannot write to " + folder + ": " + trouble + "; choose another folder with --out", e);
    }
  }

  private void write(
      Path folder, Program program, ProgramLoader loader, String appClass, AppModel model, Inspections inspections) {
    if (!Triggers.has(model)) throw new UserException(Triggers.missing(appClass));
    Inspection inspection = inspections.of(loader, appClass, model);
    inspection.warnings().forEach(err::println);
    Inspections.check(inspection);
    Plan plan = Planner.plan(model, appClass, inspection.uses());
    plan.warnings().forEach(err::println);
    CompiledApp.in(new DeployFolder(options.target(), folder))
        .ifPresent(each -> each.mayBecome(options.program(), stack(plan)));
    FunctionZip zip = zip(program, loader);
    byte[] bytes = zip.bytes();
    zip.warnings().forEach(err::println);
    inspections.checkDefine(bytes, appClass);
    OperatorFiles added = OperatorFiles.of(program.home());
    boolean forCdk = options.target().equals(CompileOptions.AWSCDK);
    if (forCdk && !added.texts().isEmpty()) {
      err.println("warning: " + added.folder() + ": its files become part of Terraform modules only; to change what the"
          + " CDK deploys, use a CDK app of your own");
    }
    if (!forCdk) added.warnings().forEach(err::println);
    List<String> foreign = written(folder, () -> forCdk
        ? new Synthesizer(folder, err::println).write(program, loader, appClass, bytes, stack(plan), plan)
        : ModuleFolder.write(folder, plan, added, bytes, err::println));
    ProgramRecord record = ProgramRecord.of(appClass, options.program());
    written(folder, () -> record.write(folder));
    if (!foreign.isEmpty()) {
      err.println("warning: " + folder + " contains other files, which were kept: " + String.join(", ", foreign));
    }
    out.println("compiled to " + folder);
  }

  private String stack(Plan plan) {
    if (options.stack() != null) return options.stack();
    String name = plan.prefix().replace('_', '-');
    return Character.isLetter(name.charAt(0)) ? name : "App-" + name;
  }

  private static FunctionZip zip(Program program, ProgramLoader loader) {
    FunctionZip zip = new FunctionZip().files(loader.classFiles());
    program.classes().forEach(zip::add);
    program.libraries().forEach(zip::add);
    Installation.function().forEach(zip::add);
    return zip;
  }
}
