package dev.pinion.awscdk;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;

/// Tests in which CDK makes constructs, for which it starts Node. Where there is none they are skipped, save in CI.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "dev.pinion.awscdk.NeedsNode$Here#hasNode", disabledReason = "there is no node on the PATH")
@interface NeedsNode {

  /// This machine.
  final class Here {
    private Here() {}

    static boolean hasNode() {
      return System.getenv("CI") != null || Stream.of(System.getenv("PATH").split(File.pathSeparator))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
  }
}
