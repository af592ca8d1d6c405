package dev.pinion.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Compiles the project and writes what is deployed to AWS, as {@code pinion compile} does. */
@Mojo(name = "compile", requiresDependencyResolution = ResolutionScope.RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class CompileMojo extends CommandMojo {
  /** The target: {@code tf-aws}, a Terraform or OpenTofu module, or {@code awscdk}, a cloud assembly. */
  @Parameter(property = "pinion.target", defaultValue = "tf-aws") private String target = "tf-aws";

  /** The output folder. Default: {@code target/TARGET}. */
  @Parameter(property = "pinion.out") private File out = new File("");

  @Override
  List<String> command() {
    File folder = out.getPath().isEmpty() ? new File(buildFolder(), target) : out;
    return List.of("compile", "--target", target, "--out", folder.getPath());
  }
}
