package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SourceLocation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a program's code: loads it a second time, runs {@code define}, and follows what each handler does. */
public final class Inspector {
  static {
    // A JVM that starts from a cache forgets that this module reads the class path, and then links no method reference
    // to a class there that its training run has not linked.
    Inspector.class.getModule().addReads(App.class.getModule());
  }

  private final ClassLoader program;
  private final Set<String> own;

  /**
   * An inspector of a program.
   *
   * @param program its class loader, which gives its class files as resources, and whose parent has Pinion's API
   * @param own the binary names of the user's own classes
   */
  public Inspector(ClassLoader program, Set<String> own) {
    this.program = program;
    this.own = Set.copyOf(own);
  }

  /**
   * Inspects an app, in this process where its JVM lets objects be read, else in one of its own.
   *
   * @param appClass the binary name of the app's class
   * @param first what the app has declared in the program's own class loader, to be compared
   * @throws dev.pinion.DefinitionException as running the app does, and whatever else its define throws
   * @throws InspectedException for the same in another process
   */
  public Inspection inspect(String appClass, AppModel first) {
    return OpenedJdk.find().isPresent() ? inspect(appClass, Declarations.of(first)) : inspectApart(appClass, first);
  }

  /**
   * Inspects an app in a process of its own, which its define cannot leave: for an app that runs in this one.
   *
   * @throws InspectedException for what define throws there
   */
  public Inspection inspectApart(String appClass, AppModel first) {
    return InspectorProcess.inspect(program, own, appClass, Declarations.of(first));
  }

  /**
   * Inspects an app in this process. Loads the program's classes once more and runs its define, as every function
   * instance does; no handler is called.
   */
  Inspection inspect(String appClass, Declarations first) {
    OpenedJdk jdk = OpenedJdk.find().orElseThrow(
        () -> new IllegalStateException("this JVM does not let its objects be read"));
    InspectLoader loader = new InspectLoader(program, own);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return inspect(loader, jdk, appClass, first);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Inspection inspect(InspectLoader loader, OpenedJdk jdk, String appClass, Declarations first) {
    App app = create(loader, appClass);
    Definition definition = Definition.of(app);
    loader.defined(jdk::isInitialized);
    definition.bind(new Observer());
    InspectedProgram inspected = InspectedProgram.of(definition.model(), loader, program, jdk);
    return DeepThread.call(() -> analyze(inspected, app, first));
  }

  private static Inspection analyze(InspectedProgram inspected, App app, Declarations first) {
    AppModel model = inspected.app();
    List<HandlerUses> handlers = new ArrayList<>();
    Report report = new Report();
    report.add(Differences.between(first, Declarations.of(model)));
    report.addDefinition(Analysis.define(inspected, app));
    Findings process = Analysis.process(inspected);
    for (HandlerModel handler : model.handlers()) {
      Findings findings = Analysis.handler(inspected, handler);
      findings.addProcess(process);
      HandlerUses uses = uses(handler, model, findings);
      handlers.add(uses);
      report.add(handler, findings);
      report.addLimits(handler, uses, findings);
    }
    return new Inspection(handlers, report.findings());
  }

  private static App create(InspectLoader loader, String appClass) {
    try {
      Constructor<? extends App> constructor =
          Class.forName(appClass, true, loader).asSubclass(App.class).getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) throw thrown;
      if (e.getCause() instanceof Error thrown) throw thrown;
      throw new IllegalArgumentException(appClass + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(appClass + " cannot be made", e);
    }
  }

  private static HandlerUses uses(HandlerModel handler, AppModel model, Findings findings) {
    Map<Use, List<SourceLocation>> uses = new LinkedHashMap<>();
    List<Use> order = new Operations(model).all();
    order.stream().filter(findings.uses()::containsKey)
        .forEach(each -> uses.put(each, findings.uses().getOrDefault(each, List.of())));
    if (findings.everything()) order.forEach(each -> uses.putIfAbsent(each, List.of()));
    Set<String> configs = model.values().stream().filter(ConfigModel.class::isInstance).map(ResourceModel::id)
        .collect(Collectors.toSet());
    Set<Use> leftOut = new LinkedHashSet<>(uses.keySet());
    leftOut.removeIf(each -> each.isWithin(handler.options()) || configs.contains(each.resource()));
    return new HandlerUses(handler.path(), handler.location(), uses, leftOut, findings.doubts());
  }
}
