package dev.pinion.inspect;

import dev.pinion.DefinitionException;
import dev.pinion.PhaseException;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TaskOperation;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests to an inspector in a process of its own, and its answers, as bytes. */
final class InspectionStreams {
  private InspectionStreams() {}

  /**
   * An app to be inspected.
   *
   * @param app the binary name of its class
   * @param first what its define has declared in the process that asks
   * @param own the user's own classes by their binary names
   * @param path the class folders and jars, as URLs
   * @param properties the system properties of the process that asks
   */
  record Request(
      String app, Declarations first, Map<String, byte[]> own, List<String> path, Map<String, String> properties) {}

  private interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static void write(DataOutputStream out, Request request) throws IOException {
    text(out, request.app());
    list(out, request.first().resources(), InspectionStreams::part);
    map(out, request.own(), InspectionStreams::bytes);
    list(out, request.path(), InspectionStreams::text);
    map(out, request.properties(), InspectionStreams::text);
    out.flush();
  }

  static void write(DataOutputStream out, Declarations declarations) throws IOException {
    list(out, declarations.resources(), InspectionStreams::part);
    out.flush();
  }

  static Request request(DataInputStream in) throws IOException {
    return new Request(
        text(in), new Declarations(list(in, InspectionStreams::part)), map(in, InspectionStreams::bytes),
        list(in, InspectionStreams::text), map(in, InspectionStreams::text));
  }

  static void write(DataOutputStream out, Inspection inspection) throws IOException {
    out.writeBoolean(true);
    list(out, inspection.handlers(), InspectionStreams::handler);
    list(out, inspection.findings(), (stream, each) -> {
      text(stream, each.kind().name());
      location(stream, each.location());
      text(stream, each.message());
    });
    out.flush();
  }

  static void write(DataOutputStream out, Throwable thrown) throws IOException {
    out.writeBoolean(false);
    thrown(out, thrown);
    out.flush();
  }

  /** Reads an answer. */
  static Inspection inspection(DataInputStream in) throws IOException {
    if (!in.readBoolean()) throw thrown(in);
    return new Inspection(
        list(in, InspectionStreams::handler),
        list(in, stream -> new Finding(Finding.Kind.valueOf(text(stream)), location(stream), text(stream))));
  }

  private static void part(DataOutputStream out, Declarations.Part part) throws IOException {
    text(out, part.name());
    location(out, part.location());
    map(out, part.settings(), InspectionStreams::text);
    list(out, part.handlers(), InspectionStreams::part);
  }

  private static Declarations.Part part(DataInputStream in) throws IOException {
    return new Declarations.Part(
        text(in), location(in), map(in, InspectionStreams::text), list(in, InspectionStreams::part));
  }

  private static void handler(DataOutputStream out, HandlerUses handler) throws IOException {
    text(out, handler.path());
    location(out, handler.location());
    list(out, List.copyOf(handler.uses().keySet()), InspectionStreams::use);
    list(out, List.copyOf(handler.uses().values()), (stream, each) -> list(stream, each, InspectionStreams::location));
    list(out, List.copyOf(handler.leftOut()), InspectionStreams::use);
    list(out, handler.doubts(), (stream, each) -> {
      text(stream, each.reason());
      list(stream, each.path(), InspectionStreams::location);
      list(stream, each.granted(), InspectionStreams::use);
    });
  }

  private static HandlerUses handler(DataInputStream in) throws IOException {
    String path = text(in);
    SourceLocation location = location(in);
    List<Use> uses = list(in, InspectionStreams::use);
    List<List<SourceLocation>> lines = list(in, stream -> list(stream, InspectionStreams::location));
    Map<Use, List<SourceLocation>> all = new LinkedHashMap<>();
    for (int i = 0; i < uses.size(); i++) all.put(uses.get(i), lines.get(i));
    Set<Use> leftOut = new LinkedHashSet<>(list(in, InspectionStreams::use));
    List<HandlerUses.Doubt> doubts = list(
        in, stream -> new HandlerUses.Doubt(
            text(stream), list(stream, InspectionStreams::location), list(stream, InspectionStreams::use)));
    return new HandlerUses(path, location, all, leftOut, doubts);
  }

  private static void use(DataOutputStream out, Use use) throws IOException {
    text(out, use.resource());
    switch (use) {
      case Use.Rows rows -> {
        text(out, "rows");
        text(out, rows.operation().name());
        text(out, rows.index().orElse(""));
      }
      case Use.Connections connections -> {
        text(out, "connections");
        text(out, connections.operation().name());
      }
      case Use.Start start -> {
        text(out, "start");
        text(out, start.operation().name());
      }
      case Use.HttpUrl _ -> text(out, "url");
      case Use.Send _ -> text(out, "send");
      case Use.Value _ -> text(out, "value");
    }
  }

  private static Use use(DataInputStream in) throws IOException {
    String resource = text(in);
    return switch (text(in)) {
      case "rows" -> new Use.Rows(
          resource, RowOperation.valueOf(text(in)), Optional.of(text(in)).filter(each -> !each.isEmpty()));
      case "connections" -> new Use.Connections(resource, ConnectionOperation.valueOf(text(in)));
      case "start" -> new Use.Start(resource, TaskOperation.valueOf(text(in)));
      case "url" -> new Use.HttpUrl(resource);
      case "send" -> new Use.Send(resource);
      default -> new Use.Value(resource);
    };
  }

  private static void thrown(DataOutputStream out, Throwable thrown) throws IOException {
    text(out, thrown.toString());
    text(out, String.valueOf(thrown.getMessage()));
    out.writeBoolean(thrown instanceof DefinitionException || thrown instanceof PhaseException);
    list(out, List.of(thrown.getStackTrace()), (stream, each) -> {
      text(stream, each.getClassName());
      text(stream, each.getMethodName());
      text(stream, String.valueOf(each.getFileName()));
      stream.writeInt(each.getLineNumber());
    });
    out.writeBoolean(thrown.getCause() != null);
    if (thrown.getCause() != null) thrown(out, thrown.getCause());
  }

  private static InspectedException thrown(DataInputStream in) throws IOException {
    String text = text(in);
    String message = text(in);
    boolean mistake = in.readBoolean();
    List<StackTraceElement> frames = list(
        in, stream -> new StackTraceElement(text(stream), text(stream), text(stream), stream.readInt()));
    @Nullable InspectedException cause = in.readBoolean() ? thrown(in) : null;
    return new InspectedException(text, message, mistake, frames, cause);
  }

  private static void location(DataOutputStream out, SourceLocation location) throws IOException {
    text(out, location.file());
    out.writeInt(location.line());
  }

  private static SourceLocation location(DataInputStream in) throws IOException {
    return new SourceLocation(text(in), in.readInt());
  }

  private static <T> void list(DataOutputStream out, List<T> all, Writer<T> writer) throws IOException {
    out.writeInt(all.size());
    for (T each : all) writer.write(out, each);
  }

  private static <T> List<T> list(DataInputStream in, Reader<T> reader) throws IOException {
    List<T> all = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) all.add(reader.read(in));
    return all;
  }

  private static <T> void map(DataOutputStream out, Map<String, T> all, Writer<T> writer) throws IOException {
    out.writeInt(all.size());
    for (Map.Entry<String, T> each : all.entrySet()) {
      text(out, each.getKey());
      writer.write(out, each.getValue());
    }
  }

  private static <T> Map<String, T> map(DataInputStream in, Reader<T> reader) throws IOException {
    Map<String, T> all = new LinkedHashMap<>();
    for (int count = in.readInt(); count > 0; count--) all.put(text(in), reader.read(in));
    return all;
  }

  /** Texts may be longer than writeUTF takes. */
  private static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
