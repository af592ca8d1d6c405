package dev.pinion.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The arrows between the classes of a module, from the class files: they run down only. A nested class counts as its
/// file.
final class LayersTest {

  /// The layers of a package, from the lowest up. A class uses classes of its own layer, without a circle, or of
  /// lower ones.
  private static final Map<String, List<Set<String>>> LAYERS = Map.of(
      "dev.pinion.engine", List.of(
          // Values, limits, and what is read of a client's bytes.
          Set.of("CloseStatus", "FrameLimits", "FrameSink", "Frames", "FrameDecoder", "HeaderLine", "HttpRequest",
              "HttpResponse", "Mask", "MessageBuffer", "ProtocolException", "RefusedException", "RequestReader",
              "BodyReader",
              "RequestTarget", "ServerLimits", "Utf8", "WebSocketUpgrade", "Offer", "Writer", "OutboundQueue",
              "OutboundFrame", "SendBuffer",
              "InputKeeper", "InputBudget", "Network", "SlowLink", "WriteRoom"),
          // Event loops.
          Set.of("EventLoop", "EventLoops", "LoopHook", "Pollable", "Deadlines", "OutputBudget",
              "PeerProbe"),
          // One client's socket.
          Set.of("ClientSocket", "Protocol", "SlowSocket", "SocketOutput", "SocketSettings"),
          // What a socket speaks.
          Set.of("HttpExchange", "HttpHandler", "HttpSession", "WebSocketSession"),
          // The listening socket, and all of it.
          Set.of("Acceptor", "Server")),
      "dev.pinion.gateway", List.of(
          // Values, limits, rules, and what the gateway's user implements.
          Set.of("CloseStatuses", "Profile", "GatewayListener", "HttpEndpoint", "Integration", "RouteSelector",
              "RouteTable", "Settings", "ServerAddress", "Ids", "TokenBucket", "Target", "Gatekeeper", "Origin",
              "HostName", "HandlerLoad", "HandlerTimeoutException", "PendingEvent", "Work", "DecodedWork",
              "Events", "ClientToken", "LastText", "Deployment", "DeployedHandler", "ConnectionStatus", "GatewayFrame",
              "Limit",
              "Moment", "ConnectionFrames", "HttpIntegration", "HttpListener", "HttpRouter", "HttpOutcome",
              "CorsHeaders", "DateHeader", "Authorized", "SignatureCheck", "IdentityCheck"),
          // Where handlers run.
          Set.of("HandlerThread", "HandlerThreads", "TurnThread", "LoopHandOver", "LoopHandlers", "HandlerLoops",
              "CarrierThreads", "HandlerPools", "ComputingPool", "PoolRelief", "Watchdog", "SocketPoll", "Debugger",
              "HandlerStretches",
              "HttpDeployment", "HttpSettings", "HttpArrival"),
          // What waits to be handled, and how it is.
          Set.of("QueueClient", "QueueSettings", "QueueRoom", "SenderView", "ActiveWork", "HandlerPace",
              "HandlerInvoker",
              "InterruptedHandlers", "Departures", "ConnectionQueue", "HttpInvocation"),
          // Connections.
          Set.of("ClientConnection", "ConnectionRegistry"),
          // Requests.
          Set.of("SocketSender", "Management", "Handshake", "HandshakeSteps", "GatewayRequests", "HttpApiRequests"),
          // All of it.
          Set.of("Gateway", "GatewayBuilder", "HttpGateway", "HttpGatewayBuilder")),
      "dev.pinion.inspect", List.of(
          // What is found, and what a program's code names.
          Set.of("Use", "Finding", "HandlerUses", "Inspection", "InspectedException", "Operations", "Role",
              "Declarations", "Differences", "InspectionChanges", "GiveUp", "ClassNames", "Member", "Annotations",
              "Body", "Selection",
              "PlainTypes", "ForeignCode", "Surroundings"),
          // The program in a JVM.
          Set.of("ApiLoader", "ShippedLoader", "InspectLoader", "Lambdas", "LambdaRegion", "PinionUsers", "OpenedJdk",
              "ObjectFields", "ProcessRoots", "Observer", "DeepThread", "InspectionStreams", "SavedInspection",
              "InspectorProcess"),
          // What variables may hold, and which code there is.
          Set.of("Obj", "Value", "Frame", "Heap", "Types", "ClassFiles", "Methods", "LiveHeap", "LiveObjects",
              "Lookups",
              "State", "Data", "Site", "Trace", "Caller", "Outside", "InspectedProgram", "ClassValues",
              "FixedClocks", "UnorderedObjects"),
          // The interpreter of the app's code.
          Set.of("Findings", "Execution", "Unknowns", "Initialization", "Calls", "Fields", "Dynamic", "Instructions",
              "Interpreter", "SwitchMaps", "SentMessages", "SwappedArguments"),
          // Calls of code that is not interpreted.
          Set.of("Callbacks", "LibraryReflection", "ForeignCalls", "DefineCalls", "PinionCalls"),
          // All of it.
          Set.of("Analysis", "Report", "Inspector", "InspectorMain")));

  @ParameterizedTest
  @ValueSource(strings = {"dev.pinion.engine", "dev.pinion.gateway", "dev.pinion.inspect"})
  void importsRunDownOnly(String name) {
    Map<String, Set<String>> arrows = arrows(name);
    Map<String, Integer> layers = layers(name);
    assertThat(layers.keySet()).as("classes with a layer").isEqualTo(arrows.keySet());
    List<String> up = new ArrayList<>();
    arrows.forEach((from, to) -> to.stream()
        .filter(each -> layers.getOrDefault(each, -1) > layers.getOrDefault(from, -1))
        .forEach(each -> up.add(from + " -> " + each)));
    assertThat(up).as("arrows up").isEmpty();
    assertThat(circle(arrows)).as("classes in a circle").isEmpty();
  }

  private static Map<String, Integer> layers(String name) {
    Map<String, Integer> layers = new HashMap<>();
    List<Set<String>> all = LAYERS.getOrDefault(name, List.of());
    for (int i = 0; i < all.size(); i++) {
      for (String each : all.get(i)) {
        layers.put(each, i);
      }
    }
    return layers;
  }

  /// Each class of a package to those of the package that it uses.
  private static Map<String, Set<String>> arrows(String name) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass each : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(name)) {
      if (!each.getSimpleName().equals("package-info")) {
        String from = outermost(each);
        arrows.computeIfAbsent(from, _ -> new TreeSet<>()).addAll(
            each.getDirectDependenciesFromSelf().stream().map(arrow -> arrow.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().equals(name)).map(LayersTest::outermost)
                .filter(to -> !to.equals(from)).collect(Collectors.toSet()));
      }
    }
    return arrows;
  }

  private static String outermost(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /// What is left when classes that use no other are taken away, again and again.
  private static Set<String> circle(Map<String, Set<String>> arrows) {
    Map<String, Set<String>> left = new TreeMap<>(arrows);
    while (left.entrySet().removeIf(each -> each.getValue().stream().noneMatch(left::containsKey))) {
      // Taken away.
    }
    return left.keySet();
  }
}
