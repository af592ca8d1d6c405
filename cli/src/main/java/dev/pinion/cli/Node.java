package dev.pinion.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Node.js, which the AWS CDK needs. */
final class Node {
  /** According to the package.json of aws-cdk-lib. */
  private static final int OLDEST = 20;

  private static final String NEEDED = "error: the AWS CDK, and so the target awscdk, needs Node.js " + OLDEST
      + " or newer, ";
  private static final Pattern VERSION = Pattern.compile("v([0-9]{1,4})\\..*");

  private Node() {}

  /**
   * Returns the major version of the Node.js that CDK starts, such as 24.
   *
   * @throws UserException if there is none, or one that is too old
   */
  static int version() {
    String command = Optional.ofNullable(System.getenv("JSII_NODE")).filter(each -> !each.isBlank()).orElse("node");
    String said;
    try {
      Process process = new ProcessBuilder(command, "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UserException(
          NEEDED + (command.equals("node") ? "but there is no node on the PATH" : "but JSII_NODE is " + command)
              + ": install it, or set JSII_NODE to its executable",
          e);
    }
    Matcher matcher = VERSION.matcher(said);
    int version = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (version < OLDEST) {
      throw new UserException(
          NEEDED + "but " + command + " is " + said + ": install a newer one, or set JSII_NODE to its executable");
    }
    return version;
  }
}
