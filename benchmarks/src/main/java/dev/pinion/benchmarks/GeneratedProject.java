package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Maven project of many classes, of which each uses the next, and the last one makes the answers. */
final class GeneratedProject {
  private static final String POM = """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>org.example</groupId>
        <artifactId>generated</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>25</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencies>
          <dependency>
            <groupId>dev.pinion</groupId>
            <artifactId>pinion-core</artifactId>
            <version>0.1.0-SNAPSHOT</version>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.16.0</version>
            </plugin>
          </plugins>
        </build>
      </project>
      """;
  private static final String APP = """
      package app;

      import dev.pinion.App;
      import dev.pinion.Cloud;
      import dev.pinion.WebSocket;

      public final class Generated implements App {
        @Override
        public void define(Cloud cloud) {
          WebSocket ws = cloud.webSocket("generated").create();
          ws.onMessage((c, body) -> ws.sendMessage(c.id(), Part1.of(body)));
        }
      }
      """;
  private static final String PART = """
      package app;

      import java.util.ArrayList;
      import java.util.List;
      import java.util.Map;
      import java.util.TreeMap;
      import java.util.stream.Collectors;

      public final class Part%d {
        private final Map<String, List<Entry>> entries = new TreeMap<>();

        public record Entry(String name, int number) {}

        public void add(Entry entry) {
          entries.computeIfAbsent(entry.name(), name -> new ArrayList<>()).add(entry);
        }

        public String text() {
          return entries.values().stream().flatMap(List::stream).filter(each -> each.number() > 0)
              .map(Entry::name).sorted().collect(Collectors.joining(", "));
        }

        public static String of(String text) {
          Part%1$d part = new Part%1$d();
          part.add(new Entry("a", 1));
          part.add(new Entry("b", 2));
          return part.text().isEmpty() ? "" : %2$s;
        }
      %3$s}
      """;

  private GeneratedProject() {}

  /**
   * Writes a project.
   *
   * @param classes how many top-level classes it has
   * @param members whether each version of the file that is saved has another public member, so that all classes that
   *     use it are compiled too
   */
  static SavedProgram of(Path folder, int classes, boolean members) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/main/java/app"));
    Files.writeString(folder.resolve("pom.xml"), POM);
    Files.writeString(sources.resolve("Generated.java"), APP);
    int last = classes - 1;
    for (int number = 1; number < last; number++) {
      String next = "Part" + (number + 1) + ".of(text)";
      Files.writeString(sources.resolve("Part" + number + ".java"), PART.formatted(number, next, ""));
    }
    SavedProgram program = new SavedProgram(folder, sources.resolve("Part" + last + ".java"), version -> PART.formatted(
        last, "\"" + version + " \" + text",
        members ? "\n  public static int version" + version + "() {\n    return " + version + ";\n  }\n" : ""));
    program.save(0);
    return program;
  }
}
