package dev.pinion.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read from Maven's output. */
class MavenOutcomeTest {
  @Test
  void anErrorOfSeveralLinesIsAnErrorOnce() {
    assertThat(new Maven.Outcome(1, """
        [INFO] -------------------------------------------------------------
        [ERROR] COMPILATION ERROR :\s
        [INFO] -------------------------------------------------------------
        [ERROR] /p/Game.java:[10,27] error: no suitable method found for of(String)
            method Item.of(String,Object) is not applicable
        [ERROR] /p/Game.java:[12,5] incompatible types: long cannot be converted to int
        [INFO] 2 errors\s
        [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile
        """).reasons()).contains(
        "/p/Game.java:10: error: no suitable method found for of(String)",
        "/p/Game.java:12: error: incompatible types: long cannot be converted to int");
  }

  @Test
  void anOldSurefireThatFindsNoTestIsNoticed() {
    assertThat(new Maven.Outcome(0, "Results :\n\nTests run: 0, Failures: 0, Errors: 0, Skipped: 0\n").hasRunNoTest())
        .isTrue();
    assertThat(new Maven.Outcome(0, "Tests run: 0, Failures: 0\nTests run: 4, Failures: 0\n").hasRunNoTest()).isFalse();
    assertThat(new Maven.Outcome(0, "[INFO] No tests to run.\n").hasRunNoTest()).isFalse();
  }
}
