package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.inspect.InspectionStreams.Request;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * An inspector in a JVM of its own, which is started for one app: what the app's define does to its process, such as
 * setting handlers or opening files, does not reach this one. That JVM lets the inspector read all objects.
 */
final class InspectorProcess {
  /** How the command's launcher has started this JVM, so that another starts as fast. */
  private static final String OPTIONS = "pinion.jvm.options";

  /** What the other JVM runs. */
  private static final String MAIN = InspectorProcess.class.getPackageName() + ".InspectorMain";

  private InspectorProcess() {}

  /**
   * Inspects an app.
   *
   * @throws InspectedException for what define throws there
   */
  static Inspection inspect(ClassLoader program, Set<String> own, String appClass, Declarations first) {
    Request request = new Request(appClass, first, classes(program, own), path(program), properties());
    try {
      Process process = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
          DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
        InspectionStreams.write(out, request);
        return InspectionStreams.inspection(in);
      } catch (EOFException e) {
        throw new IllegalStateException("the inspection's process has ended without an answer", e);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the inspection's process cannot be used", e);
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getProperty(OPTIONS);
    if (options == null) {
      command.addAll(
          List.of(
              "--add-opens=java.base/java.lang=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
              here()));
    } else {
      options.lines().forEach(command::add);
      command.addAll(
          List.of("-p", System.getProperty("jdk.module.path", ""), "-cp", System.getProperty("java.class.path")));
    }
    command.add(MAIN);
    return command;
  }

  /** Where the inspector's and Pinion's own classes are. */
  private static String here() {
    Set<String> paths = new LinkedHashSet<>();
    for (Class<?> each : List.of(InspectorProcess.class, App.class)) {
      try {
        URL url = requireNonNull(each.getProtectionDomain().getCodeSource()).getLocation();
        paths.add(Path.of(url.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  private static Map<String, byte[]> classes(ClassLoader program, Set<String> own) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    own.stream().sorted().forEach(name -> {
      try (InputStream file = program.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file != null) classes.put(name, file.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return classes;
  }

  private static List<String> path(ClassLoader program) {
    URL[] urls = program instanceof URLClassLoader loader ? loader.getURLs() : new URL[0];
    return Stream.of(urls).map(URL::toString).toList();
  }

  private static Map<String, String> properties() {
    Map<String, String> all = new LinkedHashMap<>();
    System.getProperties().stringPropertyNames().stream().filter(each -> !each.startsWith("pinion.jvm."))
        .forEach(each -> all.put(each, System.getProperty(each)));
    return all;
  }
}
