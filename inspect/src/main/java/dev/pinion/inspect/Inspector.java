package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.ConnectHandler;
import dev.pinion.Definition;
import dev.pinion.DisconnectHandler;
import dev.pinion.MessageHandler;
import dev.pinion.RequestHandler;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.SourceLocation;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
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
   * Inspects an app. Loads the program's classes once more and runs its define, as every function instance does; no
   * handler is called. Slow enough to be done beside running the app, on any thread, one call at a time.
   *
   * @param appClass the binary name of the app's class
   * @param first what the app has declared in the program's own class loader, to be compared
   * @throws dev.pinion.DefinitionException as running the app does, and whatever else its define throws
   */
  public Inspection inspect(String appClass, AppModel first) {
    InspectLoader loader = new InspectLoader(program, own);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return inspect(loader, create(loader, appClass), first);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Inspection inspect(InspectLoader loader, App app, AppModel first) {
    Definition definition = Definition.of(app);
    loader.defined();
    definition.bind(new Observer(loader));
    AppModel model = definition.model();
    Types types = new Types(model, loader, new Libraries(program));
    List<HandlerUses> handlers = new ArrayList<>();
    Report report = new Report();
    report.add(Differences.between(first, model));
    Analysis define = new Analysis(model, types, true);
    report.addDefinition(define.run(() -> DefineCalls.follow(define, app)));
    for (RouteModel route : Inspection.routes(model)) {
      Findings findings = findings(route, model, types);
      HandlerUses uses = uses(route, model, findings);
      handlers.add(uses);
      report.add(route, findings);
      report.addLimits(route, uses, findings);
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

  private static Findings findings(RouteModel route, AppModel model, Types types) {
    Analysis analysis = new Analysis(model, types, false);
    Member method = method(route);
    return analysis.run(() -> {
      analysis.calls().make(route.bodyType());
      List<Value> operands = new ArrayList<>(List.of(analysis.live().value(route.handler()), Value.OTHER));
      if (method.type().parameterCount() > 1) operands.add(new Fields(analysis).data(route.bodyType()));
      Value answer = analysis.calls().call(method, operands, new Instructions.Site(route.path(), 0));
      if (route.handler() instanceof RequestHandler<?>) analysis.calls().read(answer);
    });
  }

  private static Member method(RouteModel route) {
    Class<?> type = switch (route.handler()) {
      case ConnectHandler _ -> ConnectHandler.class;
      case DisconnectHandler _ -> DisconnectHandler.class;
      case MessageHandler<?> _ -> MessageHandler.class;
      case RequestHandler<?> _ -> RequestHandler.class;
    };
    return java.util.Arrays.stream(type.getMethods())
        .filter(each -> each.getName().equals("handle"))
        .map(each -> new Member(
            Member.Kind.VIRTUAL,
            type.getName(),
            each.getName(),
            MethodTypeDesc.of(
                each.getReturnType() == void.class ? ConstantDescs.CD_void : ConstantDescs.CD_Object,
                java.util.Arrays.stream(each.getParameterTypes())
                    .map(parameter -> ClassDesc.ofDescriptor(parameter.descriptorString()))
                    .toList())))
        .findFirst()
        .orElseThrow();
  }

  private static HandlerUses uses(RouteModel route, AppModel model, Findings findings) {
    Map<Use, List<SourceLocation>> uses = new LinkedHashMap<>();
    List<Use> order = new Everything(model).all();
    order.stream().filter(findings.uses()::containsKey)
        .forEach(each -> uses.put(each, findings.uses().getOrDefault(each, List.of())));
    if (findings.everything()) order.forEach(each -> uses.putIfAbsent(each, List.of()));
    Set<String> configs = model.values().stream().filter(ConfigModel.class::isInstance).map(ResourceModel::id)
        .collect(Collectors.toSet());
    Set<Use> leftOut = new LinkedHashSet<>(uses.keySet());
    leftOut.removeIf(each -> each.isWithin(route.options()) || configs.contains(each.resource()));
    return new HandlerUses(route.path(), route.location(), uses, leftOut, findings.doubts());
  }
}
