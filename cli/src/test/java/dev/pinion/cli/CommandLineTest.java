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
    "deploy | unknown command deploy",
    "help rnu | unknown command rnu: did you mean run?",
    "'' | no command given"
  })
  void misuseIsExplained(String arguments, String said) {
    Ran ran = Ran.of(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(ran.err()).startsWith("error: ").contains(said.replace("\\n", "\n"), "See: pinion help")
        .doesNotContain("\tat ");
  }
}
