package dev.pinion.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What the command says without a program to run.
final class CommandLineTest {
  @Test
  void helpNamesTheCommands() {
    Ran ran = Ran.of("help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("Usage: pinion", "help", "version");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void helpOfACommandNamesItsOptions() {
    for (String arguments : new String[] {"help run", "run --help"}) {
      Ran ran = Ran.of(arguments.split(" ", -1));
      assertThat(ran.code()).isZero();
      assertThat(ran.out()).contains("Usage: pinion run", "--grace=TIME", "PROGRAM");
      assertThat(ran.err()).isEmpty();
    }
  }

  @Test
  void versionNamesJavas() {
    Ran ran = Ran.of("version");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("pinion ").contains("Java " + Runtime.version());
  }

  /// A script whose variable is unset must not go on, so this is a mistake; the usage is what people want to see.
  @Test
  void withoutACommandTheUsageIsShown() {
    Ran ran = Ran.of();
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("error: no command given\nUsage: pinion").contains("compile",
        "Run an app's tests.");
  }

  /// As an unset variable of a script leaves them.
  @Test
  void emptyArgumentsAreMistakes() {
    RunTest.assertMistake(Ran.of(""), "error: the command is empty\nSee: pinion help\n");
    for (String command : new String[] {"run", "explain"}) {
      RunTest.assertMistake(Ran.of(command, ""), "the path is empty: use . for this folder");
    }
    RunTest.assertMistake(Ran.of("compile", "-t", "tf-aws", ""), "the path is empty: use . for this folder");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--verion | unknown option --verion: did you mean --version?",
    "--data | unknown option --data",
    "run Chat.java -p 80 | unknown option -p\\n",
    "version --x | unknown option --x\\n",
    "rnu | unknown command rnu: did you mean run?",
    "publish | unknown command publish",
    "help rnu | unknown command rnu: did you mean run?",
    "compile Chat.java | Missing required option: '--target=TARGET'\\n  -t, --target: The target: tf-aws (",
    "compile Chat.java -t | Missing required parameter for option '--target' (TARGET)\\n  -t, --target: The target: tf",
    "run | Missing required parameter: 'PROGRAM'\\n  PROGRAM: A Java file, a Maven or Gradle project ",
    "new | Missing required parameter: 'NAME'\\n  NAME: The name of the project",
    "run Chat.java --port | Missing required parameter for option '--port' (N|ID=N)\\n  --port: The port to listen on"
  })
  void misuseIsExplained(String arguments, String said) {
    Ran ran = Ran.of(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(ran.err()).startsWith("error: ").contains(said.replace("\\n", "\n"), "See: pinion help")
        .doesNotContain("\tat ");
  }
}
