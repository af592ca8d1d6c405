package dev.pinion.junit;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

/**
 * Runs the tests in class folders, and prints a line for each: what {@code pinion test} starts for a program without a
 * build of its own. It needs JUnit's launcher, which tests themselves do not.
 *
 * <p>Exit codes: 0 if all tests have passed, 1 if one has failed, 2 if there are none.
 */
public final class TestMain {
  private TestMain() {}

  /** Runs the tests in the folders that the arguments name. */
  public static void main(String... folders) {
    System.exit(run(System.out, folders));
  }

  static int run(PrintStream out, String... folders) {
    Set<Path> roots = Stream.of(folders).map(Path::of).collect(Collectors.toCollection(LinkedHashSet::new));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClasspathRoots(roots)).build();
    TestReport report = new TestReport(out);
    LauncherFactory.create().execute(request, report);
    return report.finish();
  }
}
