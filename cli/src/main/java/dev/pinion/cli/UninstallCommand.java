package dev.pinion.cli;

import java.io.IOException;
import java.io.PrintStream;

/** The command {@code uninstall}: removes what {@code install} has written. */
final class UninstallCommand {
  private final InstallOptions options;
  private final PrintStream out;

  UninstallCommand(InstallOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Removes the installation and returns the exit code. */
  int run() throws IOException {
    InstalledFiles installed = new InstalledFiles(options.prefix());
    if (!installed.exist()) {
      throw new UserException(
          "error: Pinion is not installed in " + options.prefix()
              + ": name the folder that install used with --prefix");
    }
    installed.remove();
    FileTree.delete(Libraries.caches().resolve("command")); // what the launcher has prepared for fast starts
    out.println("removed " + installed.link() + ", " + installed.home() + " and the artifacts in the Maven repository");
    return PinionCommand.OK;
  }
}
