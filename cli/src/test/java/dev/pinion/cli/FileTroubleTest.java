package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.pinion.cli.RunTest.assertMistake;
import static org.assertj.core.api.Assertions.assertThat;

/// Files and folders that cannot be used are a user's mistake: the message has the path, the reason and the option.
@Timeout(60)
final class FileTroubleTest {
  private static final String CHAT = "cloud.webSocket(\"chat\").create().onMessage((c, body) -> {});";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(folder.resolve("bin"));
    System.setProperty("pinion.function", Files.createDirectory(folder.resolve("function")).toString());
  }

  @AfterEach
  void forgetFunction() {
    System.clearProperty("pinion.function");
  }

  @Test
  void aDataFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Ran ran = run("--data", file.toString());
    assertMistake(ran, "error: The tables cannot be kept in " + file.resolve("tables") + ": ");
    assertMistake(ran, "keep them elsewhere: --data FOLDER");
  }

  /// Nobody can write there, not even root.
  @Test
  void aDataFolderThatCannotBeMade() throws IOException {
    assertMistake(run("--data", "/proc/pinion"),
        "error: The tables cannot be kept in /proc/pinion/tables: /proc/pinion cannot be created");
    assertMistake(run("--data", ""), "the path is empty");
    assertMistake(run("--host", "192.0.2.1"), "cannot listen on 192.0.2.1: the address is not this machine's");
  }

  @Test
  void anOutputFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertMistake(compile(file), "error: " + file + " is a file: name a folder with --out");
    assertMistake(compile(file.resolve("out")), "error: cannot write to " + file.resolve("out") + ": ");
    assertMistake(compile(Path.of("/proc/pinion")), "; choose another folder with --out");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "\uFEFFGREETING=hello | listening",
    "'' | config 'greeting' has no value: set the environment variable GREETING, or write a line GREETING=",
  })
  void anEnvironmentFileMayHaveAByteOrderMark(String text, String said) throws Exception {
    Files.writeString(folder.resolve(".env"), text);
    Path app = RunTest.app(folder, "cloud.config(\"greeting\");\n" + CHAT);
    try (Child child = Child.merged(folder, "run", app.toString(), "--port", "0")) {
      child.awaitContaining(said);
    }
  }

  @Test
  void anEnvironmentFileThatCannotBeRead() throws IOException {
    Files.createDirectory(folder.resolve(".env"));
    Path app = RunTest.app(folder, "cloud.config(\"greeting\");\n" + CHAT);
    assertMistake(Ran.of("run", app.toString(), "--port", "0"),
        "error: cannot read " + folder.resolve(".env") + ": it is a folder, not a file");
    Files.delete(folder.resolve(".env"));
    Files.write(folder.resolve(".env"), new byte[] {'A', '=', (byte) 0xE4, '\n'});
    assertMistake(Ran.of("run", app.toString(), "--port", "0"),
        "error: cannot read " + folder.resolve(".env") + ": it is not UTF-8");
  }

  @Test
  void sourcesThatAreNone() throws IOException {
    Files.createDirectory(folder.resolve("Folder.java"));
    assertMistake(Ran.of("run", folder.toString()), "error: no .java file in " + folder + " or its subfolders");
    Files.createSymbolicLink(folder.resolve("Chat.java"), Path.of("nowhere.java"));
    assertMistake(Ran.of("run", folder.resolve("Chat.java").toString()), "no such file or folder: ");
    assertMistake(Ran.of("run", folder.toString()), folder.resolve("Chat.java") + ": no such file or folder");
    Files.write(folder.resolve("Odd.java"), new byte[] {(byte) 0xE4});
    assertMistake(Ran.of("run", folder.resolve("Odd.java").toString()), "Odd.java: cannot be read as UTF-8");
    assertMistake(Ran.of("run", "/dev/null/Chat.java"), "no such file or folder: /dev/null/Chat.java");
  }

  @ParameterizedTest
  @CsvSource({"Chat, Chat.java", "chat.java, Chat.java", "Chat.class, Chat.java", "CHAT.JAVA, ''", "Rooms, ''"})
  void aProgramOfAnotherNameIsSuggested(String name, String meant) throws IOException {
    RunTest.app(folder, CHAT);
    String said = meant.isEmpty() ? "" : ": did you mean " + folder.resolve(meant) + "?";
    assertMistake(Ran.of("run", folder.resolve(name).toString()),
        "error: no such file or folder: " + folder.resolve(name) + said + "\n");
  }

  @Test
  void aLibraryThatIsBroken() throws Exception {
    Path jar = Files.writeString(folder.resolve("broken-1.jar"), "this is not a jar");
    maven("for each; do case $each in -Dmdep.outputFile=*) echo " + jar + " >\"${each#*=}\" ;; esac; done");
    Ran ran = runWithLibrary(folder.resolve("cache"));
    assertMistake(ran, jar.toString());
  }

  @Test
  void aCacheOfLibrariesThatCannotBeWritten() throws Exception {
    maven("exit 0");
    Ran ran = runWithLibrary(Path.of("/proc/pinion"));
    assertMistake(ran, "error: cannot write the cache of libraries: /proc/pinion");
    assertMistake(ran, "set XDG_CACHE_HOME to a folder that can be written");
  }

  @Test
  void aMavenThatCannotBeRun() throws Exception {
    Files.writeString(folder.resolve("bin/mvn"), "#!/nowhere/sh\n");
    assertThat(folder.resolve("bin/mvn").toFile().setExecutable(true)).isTrue();
    assertMistake(runWithLibrary(folder.resolve("cache")), "error: cannot run " + folder.resolve("bin/mvn") + ": ");
  }

  private void maven(String statements) throws IOException {
    Files.writeString(folder.resolve("bin/mvn"), "#!/bin/sh\n" + statements + "\n");
    assertThat(folder.resolve("bin/mvn").toFile().setExecutable(true)).isTrue();
  }

  private Ran runWithLibrary(Path cache) throws Exception {
    Path app = RunTest.app(folder, CHAT);
    Files.writeString(app, "//DEPS org.example:broken:1\n" + Files.readString(app));
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", System.getProperty("java.class.path"),
        PinionCommand.class.getName(), "run", app.toString(), "--port", "0");
    Map<String, String> environment =
        Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "XDG_CACHE_HOME", cache.toString());
    try (Child child = Child.start(command, folder, environment)) {
      return child.end();
    }
  }

  @Test
  void portsThatDoNotExist() throws IOException {
    Path app = RunTest.app(folder, "cloud.webSocket(\"one\").create(); cloud.webSocket(\"two\").create();");
    assertMistake(Ran.of("run", app.toString(), "--port", "65535"),
        "error: 'two' would listen on port 65536");
  }

  @ParameterizedTest
  @CsvSource({"Chat.java", "pom.xml", "."})
  void aProgramWithoutACommand(String program) {
    assertMistake(Ran.of(program), "did you mean: pinion run " + program + "?");
  }

  private Ran run(String... options) throws IOException {
    String[] all = new String[options.length + 4];
    all[0] = "run";
    all[1] = RunTest.app(folder, CHAT).toString();
    all[2] = "--port";
    all[3] = "0";
    System.arraycopy(options, 0, all, 4, options.length);
    return Ran.of(all);
  }

  private Ran compile(Path out) throws IOException {
    return Ran.of("compile", "-t", "tf-aws", RunTest.app(folder, CHAT).toString(), "--out", out.toString());
  }
}
