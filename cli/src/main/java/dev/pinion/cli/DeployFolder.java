package dev.pinion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a program is compiled to for a target.
 *
 * @param path the folder; absolute
 */
record DeployFolder(String target, Path path) {
  /**
   * Finds the folder that a deployment uses.
   *
   * @param target what the user has named; null for the target whose folder exists, or else tf-aws
   * @param out the folder that the user has named; null for the usual one
   * @throws UserException if that is not clear
   */
  static DeployFolder of(ProgramOptions program, @Nullable String target, @Nullable Path out) {
    if (target != null && !target.equals(CompileOptions.TF_AWS) && !target.equals(CompileOptions.AWSCDK)) {
      throw new UserException("error: unknown target '" + target + "': use tf-aws or awscdk");
    }
    List<DeployFolder> found = List.of(CompileOptions.TF_AWS, CompileOptions.AWSCDK).stream()
        .map(each -> new DeployFolder(each, (out == null ? home(program).resolve("target").resolve(each) : out)
            .toAbsolutePath().normalize()))
        .filter(each -> target == null ? each.isCompiled() : each.target.equals(target)).toList();
    if (found.size() > 1) {
      throw new UserException("error: " + program.path() + " is compiled for tf-aws and for awscdk, which are two"
          + " deployments: choose one with -t");
    }
    return found.isEmpty() ? of(program, CompileOptions.TF_AWS, out) : found.getFirst();
  }

  /** Returns whether a compilation is there. */
  boolean isCompiled() {
    return Files.exists(path.resolve(isCdk() ? "manifest.json" : "main.tf.json"));
  }

  /** Returns whether the target is that of the AWS CDK. */
  boolean isCdk() {
    return target.equals(CompileOptions.AWSCDK);
  }

  private static Path home(ProgramOptions program) {
    Path path = program.path().toAbsolutePath();
    if (!program.classes().isEmpty()) return Path.of("").toAbsolutePath();
    Path parent = path.getParent();
    return Files.isDirectory(path) || parent == null ? path : parent;
  }
}
