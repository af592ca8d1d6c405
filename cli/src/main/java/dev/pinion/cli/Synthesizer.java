package dev.pinion.cli;

import dev.pinion.aws.OutputFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** Writes a cloud assembly, by a process of its own: only there is the AWS CDK on the class path. */
final class Synthesizer {
  /** The file by which a later compilation knows its own. */
  private static final String LIST = "pinion.txt";

  private static final String MARK = "Written by pinion compile: change the program, not these files.";
  /** What cdk keeps in a cloud assembly while it reads it. */
  private static final String CDKS = "(read\\..*|synth)\\.lock";

  private final OutputFolder folder;
  private final Consumer<String> progress;

  Synthesizer(Path folder, Consumer<String> progress) {
    this.folder = new OutputFolder(folder, own(folder.resolve(LIST)), CDKS);
    this.progress = progress;
  }

  private static Set<String> own(Path list) {
    try {
      if (!Files.isRegularFile(list)) return Set.of();
      List<String> lines = Files.readAllLines(list);
      if (lines.isEmpty() || !lines.getFirst().equals(MARK)) return Set.of();
      Set<String> own = new LinkedHashSet<>(lines.subList(1, lines.size()));
      own.add(LIST);
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the cloud assembly of a program. Other files in the folder stay as they are.
   *
   * @param zip what the functions are made of
   * @param stack the stack's name
   * @return the names of those other files
   * @throws UserException when the CDK cannot be had or run here, and for what CDK itself refuses
   */
  List<String> write(Program program, ProgramLoader loader, String appClass, byte[] zip, String stack) {
    folder.foreign();
    int node = Node.version();
    String cdk = new CdkLibraries(progress).classPath();
    progress.accept("synthesizing " + program + " with the AWS CDK");
    try {
      Path work = Files.createTempDirectory("pinion-awscdk");
      try {
        Path shipped = Files.write(work.resolve("function.zip"), zip);
        Path out = work.resolve("out");
        run(command(cdk, appClass, classPath(program, loader, work), shipped, out, stack), node);
        return folder.write(assembly(out));
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String cdk, String app, String path, Path zip, Path out, String stack) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        cdk,
        "dev.pinion.awscdk.Synthesis",
        app,
        path,
        zip.toString(),
        out.toString(),
        stack);
  }

  private static String classPath(Program program, ProgramLoader loader, Path work) throws IOException {
    Path compiled = Files.createDirectory(work.resolve("classes"));
    for (Map.Entry<String, byte[]> file : loader.classFiles().entrySet()) {
      Path path = compiled.resolve(file.getKey());
      Files.createDirectories(requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
    return Stream.of(Stream.of(compiled), program.classes().stream(), program.libraries().stream())
        .flatMap(each -> each)
        .map(each -> each.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void run(List<String> command, int node) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // CDK warns in large letters of a Node that has reached its end of life, and of calls between its own parts.
    builder.environment().putIfAbsent("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", Integer.toString(node));
    builder.environment().putIfAbsent("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "true");
    builder.environment().putIfAbsent("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "true");
    builder.environment().put("JSII_DEPRECATED", "quiet");
    // CDK's own look at the template takes seconds, and finds what Pinion's tests look for.
    builder.environment().putIfAbsent("CDK_VALIDATION", "false");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).stripTrailing();
    try {
      int code = process.waitFor();
      if (code == Main.USER_MISTAKE) throw new UserException(output);
      if (code != Main.OK) throw new IllegalStateException("the synthesis ended with " + code + ":\n" + output);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> assembly(Path out) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of(MARK));
    try (Stream<Path> all = Files.list(out)) {
      for (Path file : all.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        files.put(name, Files.readAllBytes(file));
        names.add(name);
      }
    }
    files.put(LIST, (String.join("\n", names) + "\n").getBytes(UTF_8));
    return files;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
