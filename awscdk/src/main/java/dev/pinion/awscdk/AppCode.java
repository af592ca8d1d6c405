package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.aws.CodeDigest;
import dev.pinion.aws.FunctionZip;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Planner;
import dev.pinion.inspect.ApiLoader;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Inspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.assets.AssetOptions;

/** The code of an app: its plan, and the part of the class path that its functions get. */
final class AppCode {
  private final ClassPath classPath;
  private final Plan plan;
  private final List<String> warnings;

  private AppCode(ClassPath classPath, Plan plan, List<String> warnings) {
    this.classPath = classPath;
    this.plan = plan;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads an app.
   *
   * @throws IllegalArgumentException for errors that the inspection finds
   * @throws dev.pinion.aws.PlanException for what AWS would refuse
   */
  static AppCode of(Class<? extends App> app) {
    Definition definition = Definition.of(create(app));
    DynamicReferences.check(definition.model());
    ClassPath classPath = ClassPath.of(app);
    URL[] urls = classPath.program().stream().map(ClassPath::url).toArray(URL[]::new);
    try (URLClassLoader program = new URLClassLoader("program", urls, new ApiLoader())) {
      Inspection inspection = new Inspector(program, classPath.own()).inspect(app.getName(), definition.model());
      if (!inspection.errors().isEmpty()) throw new IllegalArgumentException(lines(inspection.errors()));
      Plan plan = Planner.plan(definition.model(), app.getName(), inspection.uses());
      return new AppCode(classPath, plan,
          Stream.concat(inspection.warnings().stream().map(Finding::toString), plan.warnings().stream()).toList());
    } catch (NoClassDefFoundError missing) {
      throw new IllegalArgumentException(
          "the app " + app.getName() + " cannot be loaded without " + missing.getMessage()
              + ", which functions do not have: put it in a class that does not use CDK, and not inside one",
          missing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(List<Finding> findings) {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  private static App create(Class<? extends App> app) {
    try {
      Constructor<? extends App> constructor = app.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalArgumentException(
          "the app " + app.getName()
              + " must be a class with a constructor without parameters, through which its functions"
              + " create it; a nested class must be static",
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("the constructor of the app " + app.getName() + " threw", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  Plan plan() {
    return plan;
  }

  /** Returns the warnings of the inspection and of the plan, each with file and line. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Builds the functions' deployment package from the class path.
   *
   * @param warn receives a warning for each library that is left out
   */
  Code shipped(Consumer<String> warn) {
    FunctionZip zip = new FunctionZip();
    Path home = classPath.shipped().getFirst();
    // The app's own classes are at the root of the zip, as in that of tf-aws, also where Maven has them in a jar.
    if (Files.isRegularFile(home)) zip.files(Entry.of(home).files());
    classPath.shipped().stream().filter(each -> !each.equals(home) || Files.isDirectory(home)).forEach(zip::add);
    byte[] bytes = zip.bytes();
    zip.warnings().forEach(warn);
    StaleJar.warning(home, Path.of("")).ifPresent(warn);
    try {
      Path file = Files.createTempFile("pinion-function", ".zip");
      file.toFile().deleteOnExit();
      return code(Files.write(file, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file as code, unchanged. */
  static Code file(Path zip) {
    List<String> problems = new ArrayList<>();
    if (!Files.isRegularFile(zip)) problems.add("it is not a file");
    if (!zip.toString().matches(".*\\.(zip|jar)")) problems.add("its name ends neither in .zip nor in .jar");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the functions cannot be built from " + zip + ": " + String.join(", and ", problems)
              + "; name the function.zip that `pinion compile -t tf-aws` writes");
    }
    return code(zip);
  }

  /** The asset of the functions has a digest that line numbers do not change. */
  private static Code code(Path zip) {
    return Code.fromAsset(zip.toString(), AssetOptions.builder().assetHash(CodeDigest.of(zip)).build());
  }
}
