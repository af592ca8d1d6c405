package dev.pinion.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The arguments of a JVM that runs the command, as the launcher `pinion` sets them. */
final class CommandJvm {
  /** What the launcher of the command sets for the same reasons; a test compares both. */
  static final List<String> OPTIONS = List.of(
      "--add-modules=pinion.gateway,pinion.inspect",
      "--add-opens=java.base/java.lang=pinion.gateway,pinion.inspect",
      "--add-opens=java.base/sun.nio.ch=pinion.gateway",
      "-Xmn40m",
      "-XX:AllocatePrefetchLines=16",
      "-XX:+UseCompactObjectHeaders",
      "-XX:+UseSerialGC");
  private static final List<String> MODULES = List.of("pinion-gateway-", "pinion-inspect-");

  private final List<File> jars;
  private final List<File> functions;

  /**
   * A JVM for the command.
   *
   * @param jars the command and what it needs
   * @param functions what runs inside a function, besides the app
   */
  CommandJvm(List<File> jars, List<File> functions) {
    this.jars = List.copyOf(jars);
    this.functions = List.copyOf(functions);
  }

  /** Returns all arguments up to the main class. */
  List<String> arguments() {
    List<String> all = new ArrayList<>(OPTIONS);
    all.add("-Dpinion.jvm.options=" + String.join("\n", OPTIONS) + "\n");
    all.add("-Dpinion.function=" + path(functions));
    all.add("-p");
    all.add(path(jars.stream().filter(CommandJvm::isModule).collect(Collectors.toList())));
    all.add("-cp");
    all.add(path(jars.stream().filter(jar -> !isModule(jar)).collect(Collectors.toList())));
    all.add("dev.pinion.cli.PinionCommand");
    return all;
  }

  private static boolean isModule(File jar) {
    return MODULES.stream().anyMatch(jar.getName()::startsWith);
  }

  private static String path(List<File> files) {
    return files.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator));
  }
}
