package dev.pinion.gateway;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** While a debugger is attached, no limit of time passes. */
@Timeout(60)
final class DebuggerTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void handlersAtABreakpointAreNotTimedOutAndOthersAreOnceItIsGone() throws Exception {
    Process process = start();
    try (BufferedReader out = process.inputReader(); BufferedWriter in = process.outputWriter()) {
      VirtualMachine debugger = attach(await(out, "Listening for transport dt_socket at address: "));
      BreakpointRequest breakpoint = breakpoint(debugger);
      try (Peer peer = new Peer(Integer.parseInt(await(out, "port ")))) {
        assertThat(peer.upgrade("/prod").status()).isEqualTo(101);
        peer.send("hold");
        EventSet reached = atBreakpoint(debugger);
        command(in, out, "PT3H");
        breakpoint.disable();
        reached.resume();
        assertThat(peer.text()).isEqualTo("hold, done");

        debugger.dispose();
        command(in, out, "await detached");
        peer.send("block");
        await(out, "blocked");
        command(in, out, "PT29S");
        assertThat(peer.text()).contains("Endpoint request timed out");
        in.write("PT1M\n");
        in.flush();
        await(out, "interrupted");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void timeCountsAgainOneLookAfterTheDebuggerHasLeft() {
    Debugger debugger = new Debugger(0);
    assertThat(debugger.holdsTime(false, SECOND / 4)).isFalse();
    assertThat(debugger.holdsTime(true, SECOND / 2)).isTrue();
    assertThat(debugger.holdsTime(false, SECOND)).isTrue();
    assertThat(debugger.holdsTime(false, SECOND + 1)).isFalse();
  }

  @Test
  void timeInWhichTheProcessWasSuspendedDoesNotCount() {
    Debugger debugger = new Debugger(0);
    assertThat(debugger.holdsTime(false, 60 * SECOND)).isTrue();
    assertThat(debugger.holdsTime(false, 61 * SECOND)).isFalse();
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
        "-cp", System.getProperty("java.class.path"), DebuggedGateway.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static VirtualMachine attach(String port) throws Exception {
    AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
        .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
        .findFirst()
        .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    requireNonNull(arguments.get("port")).setValue(port);
    return connector.attach(arguments);
  }

  /** Waits for the breakpoint. A debugger that attaches early is told of the JVM's start first. */
  private static EventSet atBreakpoint(VirtualMachine debugger) throws InterruptedException {
    EventSet events = debugger.eventQueue().remove();
    while (events.stream().noneMatch(BreakpointEvent.class::isInstance)) {
      events.resume();
      events = debugger.eventQueue().remove();
    }
    return events;
  }

  /** Suspends only the thread that gets there, as IDEs can. */
  private static BreakpointRequest breakpoint(VirtualMachine debugger) {
    Location handler =
        debugger.classesByName(DebuggedGateway.class.getName()).getFirst().methodsByName("handled").getFirst()
            .location();
    BreakpointRequest request = debugger.eventRequestManager().createBreakpointRequest(handler);
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
    return request;
  }

  private static void command(BufferedWriter in, BufferedReader out, String line) throws IOException {
    in.write(line + "\n");
    in.flush();
    await(out, "ticked");
  }

  /** Waits for a line that begins so, and gives its rest. */
  private static String await(BufferedReader out, String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) return line.substring(start.length());
    }
    throw new AssertionError("the process has ended before it printed: " + start);
  }
}
