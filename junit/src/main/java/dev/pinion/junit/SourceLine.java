package dev.pinion.junit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Optional;

/** Where a method is in the source, for failures that happen before it is called. Stateless. */
final class SourceLine {
  private SourceLine() {}

  /** Returns the first line of a method's code as a frame of a stack trace; empty if its class file does not say. */
  static Optional<StackTraceElement> of(Executable method) {
    Class<?> type = method.getDeclaringClass();
    String name = type.getName();
    try (InputStream file = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
      if (file == null) return Optional.empty();
      ClassModel model = ClassFile.of().parse(file.readAllBytes());
      String source = model.findAttribute(Attributes.sourceFile()).map(each -> each.sourceFile().stringValue())
          .orElse(null);
      return model.methods().stream().filter(each -> isSame(each, method)).findFirst().flatMap(SourceLine::line)
          .map(line -> new StackTraceElement(name, method.getName(), source, line));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isSame(MethodModel model, Executable method) {
    return method instanceof Method one && model.methodName().equalsString(one.getName())
        && model.methodTypeSymbol().equals(MethodType.methodType(one.getReturnType(), one.getParameterTypes())
            .describeConstable().orElse(null));
  }

  private static Optional<Integer> line(MethodModel method) {
    return method.code().flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
        .flatMap(table -> table.lineNumbers().stream().map(LineNumberInfo::lineNumber).min(Integer::compare));
  }
}
