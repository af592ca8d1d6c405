package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The app that a target's folder was compiled from. Several programs may be in one folder, and then they have one
 * folder for a target, unless the user names others.
 *
 * @param name the binary name of its class
 * @param folder the target's folder
 */
record CompiledApp(String name, Path folder) {
  private static final Pattern VARIABLE = Pattern.compile("\"PINION_APP\": ?\"([^\"]+)\"");

  /** Finds the app of a folder; empty if nothing is compiled there, or only tables. */
  static Optional<CompiledApp> in(DeployFolder folder) {
    if (!folder.isCompiled()) return Optional.empty();
    boolean cdk = folder.target().equals(CompileOptions.AWSCDK);
    String file = cdk ? CdkDeployment.stack(folder.path()) + ".template.json" : "main.tf.json";
    try {
      Matcher found = VARIABLE.matcher(Files.readString(folder.path().resolve(file)));
      return found.find() ? Optional.of(new CompiledApp(found.group(1), folder.path())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the file of its class, if it is beside another program. A class that was renamed has none any more. */
  private Optional<Path> beside(Path program) {
    if (!Files.isRegularFile(program)) return Optional.empty();
    Path file = program.resolveSibling(simpleName() + ".java");
    return Files.isRegularFile(file) && !String.valueOf(file.getFileName()).equals(
        String.valueOf(program.getFileName())) ? Optional.of(file) : Optional.empty();
  }

  private String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
  }

  /**
   * Checks that another program does not replace the module in a folder that Terraform has initialized: with the state
   * that is there, deploying would destroy what this app has deployed.
   *
   * @param app the binary name of the class of the program's app
   * @throws UserException if it does
   */
  void mayBecome(String app, Path program) {
    if (app.equals(name) || Stream.of(".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.d")
        .noneMatch(each -> Files.exists(folder.resolve(each))))
      return;
    beside(program).ifPresent(other -> {
      throw new UserException("error: " + folder + " has the module of " + other + ", and deploying " + program
          + " from there would destroy what that has deployed; nothing was written. Name another folder with --out");
    });
  }

  /**
   * Checks that what is destroyed, read or connected to is not another program's.
   *
   * @param otherwise what else the user can name, as the end of a message
   * @throws UserException if it is
   */
  void mustBeOf(Path program, String otherwise) {
    beside(program).filter(_ -> !mentions(program)).ifPresent(other -> {
      throw new UserException("error: " + folder + " was compiled from " + other + ", not from " + program
          + ": name that program, or " + otherwise);
    });
  }

  /** An app may be in a file that the program names. */
  private boolean mentions(Path program) {
    try {
      return Files.readString(program).contains(simpleName());
    } catch (IOException e) {
      return false;
    }
  }
}
