package dev.pinion.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

  /** Returns the sources with Pinion's API on their class path. */
  SourceSet withApi() {
    List<Path> path = Stream.concat(Stream.of(Installation.api()), classPath.stream()).toList();
    return new SourceSet(sources, options, path, processed);
  }

  /** Returns the sources with a class path that lacks some folders. */
  SourceSet without(Set<Path> folders) {
    List<Path> others = classPath.stream().filter(each -> !folders.contains(MavenBuild.real(each))).toList();
    return new SourceSet(sources, options, others, processed);
  }

  /** Returns the encoding of the sources. */
  Charset charset() {
    int option = options.lastIndexOf("-encoding");
    try {
      return option < 0 ? StandardCharsets.UTF_8 : Charset.forName(options.get(option + 1));
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8; // the compiler does not accept it
    }
  }
}
