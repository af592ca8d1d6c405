package dev.pinion.workspace;

import java.io.File;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * A goal that Maven has executed, as lines: a word, the folder of the module, and a value, separated by tabs. The words
 * are {@code goal}; and of the goal that compiles the main sources also {@code pom}, {@code output}, {@code source},
 * {@code generated}, {@code path}, {@code option}, {@code processed}, {@code resources} and {@code unsure}, with a
 * reason why the sources cannot be compiled in the same way elsewhere.
 */
public final class RecordedGoal {
  private static final String TRUE = "true";
  /** Settings of the compiler plugin that are not recorded, if they are not empty. */
  private static final List<String> NOT_RECORDED =
      List.of("includes", "excludes", "compilerArguments", "executable", "jdkToolchain", "excludesIncremental");

  private final MavenProject project;
  private final MojoExecution execution;
  private final @Nullable Object mojo;
  private final PluginParameterExpressionEvaluator evaluator;
  private final List<String> lines = new ArrayList<>();

  /**
   * A goal that was executed.
   *
   * @param mojo what has executed it; null if that is not known
   */
  public RecordedGoal(MavenSession session, MavenProject project, MojoExecution execution, @Nullable Object mojo) {
    this.project = project;
    this.execution = execution;
    this.mojo = mojo;
    evaluator = new PluginParameterExpressionEvaluator(session, execution);
  }

  /** Returns the lines. */
  public List<String> lines() {
    lines.clear();
    add("goal", execution.getArtifactId() + ":" + execution.getGoal());
    if (execution.getArtifactId().equals("maven-compiler-plugin") && execution.getGoal().equals("compile"))
      addCompile();
    return lines;
  }

  private void add(String word, String value) {
    lines.add(word + "\t" + project.getBasedir() + "\t" + value.replace('\n', ' '));
  }

  private void addCompile() {
    for (MavenProject each = project; each != null && each.getFile() != null; each = each.getParent()) {
      add("pom", each.getFile().getPath());
    }
    add("output", project.getBuild().getOutputDirectory());
    String generated = value("generatedSourcesDirectory");
    if (!generated.isEmpty()) add("generated", generated);
    project.getCompileSourceRoots().forEach(each -> add("source", each));
    try {
      project.getCompileClasspathElements().forEach(each -> add("path", each));
    } catch (DependencyResolutionRequiredException e) {
      add("unsure", "the class path is not known");
    }
    addOptions();
    addProcessors();
    project.getResources().forEach(this::addResources);
    for (String each : NOT_RECORDED) {
      if (!items(each).isEmpty() || !value(each).isEmpty()) add("unsure", "maven-compiler-plugin has " + each);
    }
    if (value("fork").equals(TRUE)) add("unsure", "the compiler runs in another process");
    if (!value("compilerId").equals("javac")) add("unsure", "the compiler is " + value("compilerId"));
  }

  private void addOptions() {
    String release = value("release");
    if (release.isEmpty()) {
      addOption("-source", value("source"));
      addOption("-target", value("target"));
    } else {
      addOption("--release", release);
    }
    addOption("-encoding", value("encoding"));
    if (value("parameters").equals(TRUE)) add("option", "-parameters");
    String level = value("debuglevel");
    if (!value("debug").equals("false")) add("option", level.isEmpty() ? "-g" : "-g:" + level);
    if (value("enablePreview").equals(TRUE)) add("option", "--enable-preview");
    if (value("failOnWarning").equals(TRUE)) add("option", "-Werror");
    if (value("showWarnings").equals("false")) add("option", "-nowarn");
    if (value("showDeprecation").equals(TRUE)) add("option", "-deprecation");
    items("compilerArgs").forEach(each -> add("option", each));
    if (!value("compilerArgument").isEmpty()) add("option", value("compilerArgument"));
  }

  private void addOption(String name, String value) {
    if (value.isEmpty()) return;
    add("option", name);
    add("option", value);
  }

  private void addProcessors() {
    String proc = value("proc");
    if (!proc.isEmpty()) add("option", "-proc:" + proc);
    List<String> processors = items("annotationProcessors");
    if (!processors.isEmpty()) addOption("-processor", String.join(",", processors));
    boolean paths = configured("annotationProcessorPaths");
    if (paths) addProcessorPath();
    if (!proc.equals("none") && (paths || !processors.isEmpty() || !proc.isEmpty())) add("processed", TRUE);
  }

  /** The plugin resolves the path, and keeps it for itself. */
  private void addProcessorPath() {
    List<String> path = new ArrayList<>();
    for (Class<?> type = mojo == null ? Object.class : mojo.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Method method = type.getDeclaredMethod("resolveProcessorPathEntries");
        method.setAccessible(true);
        Object found = method.invoke(mojo);
        if (found instanceof List) ((List<?>) found).forEach(each -> path.add(String.valueOf(each)));
        break;
      } catch (ReflectiveOperationException | RuntimeException e) {
        // perhaps the class above has it
      }
    }
    if (path.isEmpty()) add("unsure", "the path of the annotation processors is not known");
    else addOption("-processorpath", String.join(File.pathSeparator, path));
  }

  private void addResources(Resource resource) {
    boolean plain = !resource.isFiltering() && resource.getIncludes().isEmpty() && resource.getExcludes().isEmpty()
        && resource.getTargetPath() == null;
    add(plain ? "resources" : "filtered", resource.getDirectory());
  }

  private boolean configured(String name) {
    Xpp3Dom settings = execution.getConfiguration();
    Xpp3Dom child = settings == null ? null : settings.getChild(name);
    return child != null && child.getChildCount() > 0;
  }

  private List<String> items(String name) {
    List<String> items = new ArrayList<>();
    if (!configured(name)) return items;
    for (Xpp3Dom item : execution.getConfiguration().getChild(name).getChildren()) {
      String text = evaluated(item);
      if (!text.isEmpty()) items.add(text);
    }
    return items;
  }

  private String value(String name) {
    Xpp3Dom settings = execution.getConfiguration();
    Xpp3Dom child = settings == null ? null : settings.getChild(name);
    return child == null || child.getChildCount() > 0 ? "" : evaluated(child);
  }

  private String evaluated(Xpp3Dom element) {
    String text = evaluated(element.getValue());
    return text.isEmpty() ? evaluated(element.getAttribute("default-value")) : text;
  }

  private String evaluated(@Nullable String expression) {
    if (expression == null) return "";
    try {
      Object value = evaluator.evaluate(expression);
      return value == null ? "" : value.toString();
    } catch (ExpressionEvaluationException e) {
      return "";
    }
  }
}
