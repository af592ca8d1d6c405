package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import static org.assertj.core.api.Assertions.assertThat;

/// A function's instance as Lambda starts it: AWS's own runtime interface client, in a JVM with Lambda's options, in
/// the folder of the unpacked zip, where it finds `lib/*.jar` and the classes beside it by itself.
final class FunctionProcess implements AutoCloseable {
  /// What is told where it cannot run.
  static final String NEEDED =
      "needs AWS's runtime interface client, which has native libraries for Linux on amd64 and aarch64 only";
  private static final String JNI = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  /// All that is on the class path of Lambda's Java runtime.
  private static final Pattern RUNTIME =
      Pattern.compile(".*/(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-[0-9.]+\\.jar");
  private static final int SECONDS = 60;

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private FunctionProcess(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
  }

  static FunctionProcess start(Path unpacked, Map<String, String> environment) throws IOException {
    RuntimeApi api = new RuntimeApi();
    Path log = Files.createTempFile("pinion-function", ".log");
    String runtime = testClassPath().filter(jar -> RUNTIME.matcher(jar).matches())
        .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+TieredCompilation",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-D" + JNI + "=" + nativeLibrary(runtime),
        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
        "--enable-native-access=ALL-UNNAMED", "-Xlog:class+load:file=" + classes(log), "-cp", runtime,
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "dev.pinion.lambda.Function::handleRequest");
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(Map.of("AWS_LAMBDA_RUNTIME_API", api.address(), "_HANDLER",
        "dev.pinion.lambda.Function::handleRequest", "LAMBDA_TASK_ROOT", unpacked.toString(), "AWS_REGION", "eu-west-1",
        "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token",
        "AWS_LAMBDA_FUNCTION_NAME", "it", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"));
    variables.putAll(environment);
    variables.values().removeIf(String::isEmpty);
    builder.directory(unpacked.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    var _ = process.onExit().thenAccept(ended -> api.ended(ended.exitValue()));
    return new FunctionProcess(api, process, log);
  }

  /// The runtime client's native library, which it would unpack to one place for all its processes.
  private static synchronized Path nativeLibrary(String runtime) throws IOException {
    Path jar = Stream.of(runtime.split(File.pathSeparator, -1)).filter(each -> each.contains("interface-client"))
        .map(Path::of).findFirst().orElseThrow();
    Path unpacked = SourceLimitsTest.root().resolve("cli/target/" + jar.getFileName() + "-" + library());
    if (Files.exists(unpacked)) return unpacked;
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = zip.getInputStream(zip.getEntry("jni/" + library()))) {
      Files.copy(in, unpacked);
    }
    return unpacked;
  }

  /// The name of the native library for this machine; empty when there is none.
  static String library() {
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    String machine = switch (System.getProperty("os.arch")) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "aarch_64";
      default -> "";
    };
    boolean linux = System.getProperty("os.name").equals("Linux") && !machine.isEmpty();
    return linux ? "libaws-lambda-jni.linux" + (musl ? "_musl" : "") + "-" + machine + ".so" : "";
  }

  /// The class path of the module lambda's tests, which has AWS's runtime client and DynamoDB Local.
  static Stream<String> testClassPath() throws IOException {
    String path = Files.readString(SourceLimitsTest.root().resolve("lambda/target/test-class-path")).strip();
    return Stream.of(path.split(File.pathSeparator));
  }

  /// Gives it an event, and waits for what it answers.
  String invoke(String event) throws IOException, InterruptedException {
    RuntimeApi.Answer answer = invokeForAny(event);
    assertThat(answer.kind()).as("%s\n%s", answer.body(), logged()).isEqualTo("response");
    return answer.body();
  }

  /// Gives it an event, and waits for what it answers, were it a failure.
  RuntimeApi.Answer invokeForAny(String event) throws IOException, InterruptedException {
    api.event(event);
    return answer();
  }

  /// Waits for what it tells.
  RuntimeApi.Answer answer() throws IOException, InterruptedException {
    var answer = api.answer(SECONDS);
    assertThat(answer).as("an answer; the log has: %s", logged()).isPresent();
    return answer.orElseThrow();
  }

  RuntimeApi api() {
    return api;
  }

  String logged() throws IOException {
    return Files.readString(log);
  }

  /// How many classes it has loaded so far.
  int classes() throws IOException {
    return Files.readAllLines(classes(log)).size();
  }

  private static Path classes(Path log) {
    return log.resolveSibling(log.getFileName() + ".classes");
  }

  @Override
  public void close() throws IOException {
    process.toHandle().destroyForcibly();
    process.onExit().join();
    api.close();
    Files.delete(log);
    Files.delete(classes(log));
  }
}
