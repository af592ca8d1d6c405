package dev.pinion.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Sources that are compiled together.
 *
 * @param sources the files
 * @param options the compiler's options, without the class path
 * @param classPath jars and class folders
 * @param processed whether annotation processors run, whose results may depend on all sources
 */
record SourceSet(List<Path> sources, List<String> options, List<Path> classPath, boolean processed) {
  SourceSet {
    sources = List.copyOf(sources);
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
  }

  /** Returns whether another set is compiled in the same way. */
  boolean isCompiledAs(SourceSet other) {
    return options.equals(other.options) && classPath.equals(other.classPath) && processed == other.processed;
  }
}
