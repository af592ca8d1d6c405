package dev.pinion.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/// An example as the packaged command compiles it, on this machine: its functions in AWS's runtime client, its tables
/// in DynamoDB Local, its WebSocket's management API at a local gateway.
final class Deployed implements AutoCloseable {
  private final CompiledModule module;
  private final Path unpacked;
  private final String dynamoDb;
  private final String callback;
  private final ManagementApi management = new ManagementApi();
  private final List<FunctionProcess> functions = new ArrayList<>();

  private Deployed(CompiledModule module, Path unpacked, String dynamoDb, Optional<String> callback) {
    this.module = module;
    this.unpacked = unpacked;
    this.dynamoDb = dynamoDb;
    this.callback = callback.orElse(management.origin());
  }

  /// Compiles a program into a folder, and creates its tables.
  static Deployed of(String program, Path folder, DynamoDbProcess dynamoDb) throws IOException, InterruptedException {
    CompiledModule module = compile(program, folder);
    for (JsonObject table : module.tables()) {
      dynamoDb.create(table);
    }
    return new Deployed(module, module.unpack(folder.resolve("task")), dynamoDb.endpoint(), Optional.empty());
  }

  /// Compiles a program into a folder, for functions that reach all of AWS at one URL.
  static Deployed compiled(String program, Path folder, String aws) throws IOException, InterruptedException {
    CompiledModule module = compile(program, folder);
    return new Deployed(module, module.unpack(folder.resolve("task")), aws, Optional.of(aws));
  }

  /// Compiles an app of classes and jars into a folder, and creates its tables.
  static Deployed ofClasses(String app, Path classes, String path, Path folder, DynamoDbProcess dynamoDb)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    try (Child child = Child.packaged(
        SourceLimitsTest.root(), "compile", "-t", "tf-aws", "--classes", classes.toString(), "--class-path", path, app,
        "--out", out.toString())) {
      Ran ran = child.end();
      assertThat(ran.code()).as(ran.err()).isEqualTo(PinionCommand.OK);
      assertThat(ran.err()).isEmpty();
    }
    CompiledModule module = new CompiledModule(out);
    for (JsonObject table : module.tables()) {
      dynamoDb.create(table);
    }
    return new Deployed(module, module.unpack(folder.resolve("task")), dynamoDb.endpoint(), Optional.empty());
  }

  private static CompiledModule compile(String program, Path folder) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path root = SourceLimitsTest.root();
    try (Child child = Child.packaged(root, "compile", "-t", "tf-aws", program, "--out", out.toString())) {
      Ran ran = child.end();
      assertThat(ran.code()).as(ran.err()).isEqualTo(PinionCommand.OK);
    }
    return new CompiledModule(out);
  }

  /// Where the functions' zip is unpacked.
  Path unpacked() {
    return unpacked;
  }

  ManagementApi.Client connect() throws InterruptedException {
    return management.connect();
  }

  FunctionProcess function(String handler) throws IOException {
    return function(handler, Map.of());
  }

  /// Starts a handler's function, with more variables or other ones.
  FunctionProcess function(String handler, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(module.environment(handler));
    environment.replaceAll((_, value) -> value.replace(CompiledModule.API, callback));
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb);
    environment.putAll(more);
    FunctionProcess function = FunctionProcess.start(unpacked, environment);
    functions.add(function);
    return function;
  }

  @Override
  public void close() throws IOException {
    for (FunctionProcess function : functions) {
      function.close();
    }
    management.close();
  }
}
