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
 * @param program the program that it was compiled from; empty if that is not known
 */
record CompiledApp(String name, DeployFolder folder, Optional<Path> program) {
  private static final Pattern VARIABLE = Pattern.compile("\"PINION_APP\": ?\"([^\"]+)\"");

  /** Finds the app of a folder; empty if nothing is compiled there, or only tables by an older Pinion. */
  static Optional<CompiledApp> in(DeployFolder folder) {
    if (!folder.isCompiled()) return Optional.empty();
    Optional<ProgramRecord> recorded = ProgramRecord.in(folder.path());
    Optional<String> named = named(folder);
    // An older Pinion, which keeps the record of another app, may have compiled this one.
    Optional<Path> program = recorded.filter(each -> each.app().equals(named.orElse(each.app())))
        .map(ProgramRecord::path);
    return named.or(() -> recorded.map(ProgramRecord::app)).map(name -> new CompiledApp(name, folder, program));
  }

  private static Optional<String> named(DeployFolder folder) {
    try {
      String file = folder.isCdk() ? CdkDeployment.stack(folder.path()) + ".template.json" : "main.tf.json";
      Matcher found = VARIABLE.matcher(Files.readString(folder.path().resolve(file)));
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    } catch (IOException | UserException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks that another program does not replace what may be deployed from the folder: deploying would destroy what
   * this app has deployed. It would with the state of a folder that Terraform has initialized, and with a stack of the
   * same name.
   *
   * @param stack the name of the stack, for CDK
   * @throws UserException if it does
   */
  void mayBecome(ProgramOptions other, String stack) {
    if (folder.isCdk() ? !isStack(stack) : !isInitialized()) return;
    owner(other).ifPresent(owner -> {
      throw new UserException("error: " + folder.path() + " has the " + (folder.isCdk() ? "stack " + stack : "module")
          + " of " + owner + ", and deploying " + named(other) + " from there would destroy what that has deployed;"
          + " nothing was written. Name another " + (folder.isCdk() ? "stack with --stack" : "folder with --out"));
    });
  }

  private boolean isInitialized() {
    return Stream.of(".terraform", ".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.d")
        .anyMatch(each -> Files.exists(folder.path().resolve(each)));
  }

  private boolean isStack(String stack) {
    try {
      return CdkDeployment.stack(folder.path()).equals(stack);
    } catch (UserException e) {
      return false; // there is none
    }
  }

  /**
   * Checks that what is destroyed, read or connected to is not another program's.
   *
   * @param otherwise what else the user can name, as the end of a message
   * @throws UserException if it is
   */
  void mustBeOf(ProgramOptions other, String otherwise) {
    owner(other).ifPresent(owner -> {
      throw new UserException("error: " + folder.path() + " was compiled from " + owner + ", not from " + named(other)
          + ": name that program, or " + otherwise);
    });
  }

  private static String named(ProgramOptions program) {
    Path path = program.path();
    return program.classes().isEmpty() || !path.toString().isEmpty() ? path.toString()
        : program.classes().getFirst().toString();
  }

  /** Returns the program that the app belongs to, if it is not this one. One that is gone has another name now. */
  private Optional<String> owner(ProgramOptions other) {
    if (!other.classes().isEmpty() && isBeside(other)) return Optional.of("the app " + name);
    Path path = ProgramRecord.path(other);
    Path owner = program.orElse(path);
    boolean same = program.isPresent() && (path.equals(owner) || AppFiles.isCheckout(path, owner, name));
    if (same || AppFiles.isOnlyApp(path, owner)) return Optional.empty();
    Optional<Path> found = program.filter(Files::exists).or(() -> new AppFiles(other.path()).other(name));
    return found.map(each -> shown(each, path, other));
  }

  /** Whether the classes have this app, and the user has named another one. */
  private boolean isBeside(ProgramOptions other) {
    String app = other.path().toString();
    return !app.isEmpty() && !app.equals(name) && other.classes().stream()
        .anyMatch(each -> Files.exists(each.resolve(name.replace('.', '/') + ".class")));
  }

  private static String shown(Path owner, Path path, ProgramOptions other) {
    boolean near = other.classes().isEmpty() && String.valueOf(path.getParent()).equals(
        String.valueOf(owner.getParent()));
    return (near ? other.path().resolveSibling(String.valueOf(owner.getFileName())) : owner).toString();
  }
}
