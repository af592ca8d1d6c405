package dev.pinion.aws;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SourceDebugExtensionAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.util.List;
import java.util.Set;

/**
 * Class files without line numbers. Beside those of Java, Kotlin's compiler writes the lines of inlined code (JSR 45),
 * as an attribute and as an annotation, and the lines of suspended functions.
 */
final class WithoutLines {
  private static final String SOURCE_MAP = "Lkotlin/jvm/internal/SourceDebugExtension;";
  private static final String COROUTINE = "Lkotlin/coroutines/jvm/internal/DebugMetadata;";
  /** The members of that annotation that are lines. */
  private static final Set<String> LINES = Set.of("l", "nl");

  /** Stack maps follow from the code, and to compute them the classes that it names would be needed. */
  private static final ClassFile CLASS_FILE = ClassFile.of(StackMapsOption.DROP_STACK_MAPS);
  /** The constants of a removed annotation stay in the pool unless it is a new one. */
  private static final ClassFile NEW_POOL =
      ClassFile.of(StackMapsOption.DROP_STACK_MAPS, ConstantPoolSharingOption.NEW_POOL);

  private static final ClassTransform JAVA = ClassTransform.transformingMethodBodies((code, element) -> {
    if (!(element instanceof LineNumber)) code.with(element);
  });
  private static final ClassTransform KOTLIN = JAVA.andThen((builder, element) -> {
    switch (element) {
      case SourceDebugExtensionAttribute _ -> {
      }
      case RuntimeVisibleAnnotationsAttribute visible ->
          builder.with(RuntimeVisibleAnnotationsAttribute.of(annotations(visible.annotations())));
      case RuntimeInvisibleAnnotationsAttribute invisible ->
          builder.with(RuntimeInvisibleAnnotationsAttribute.of(annotations(invisible.annotations())));
      default -> builder.with(element);
    }
  });

  private WithoutLines() {}

  /**
   * Returns a class file without line numbers.
   *
   * @throws IllegalArgumentException if it is not a class file
   */
  static byte[] of(byte[] content) {
    ClassModel parsed = CLASS_FILE.parse(content);
    boolean kotlin = parsed.elementStream().anyMatch(element -> switch (element) {
      case SourceDebugExtensionAttribute _ -> true;
      case RuntimeVisibleAnnotationsAttribute visible ->
          visible.annotations().stream().anyMatch(WithoutLines::hasLines);
      case RuntimeInvisibleAnnotationsAttribute hidden ->
          hidden.annotations().stream().anyMatch(WithoutLines::hasLines);
      default -> false;
    });
    return kotlin ? NEW_POOL.transformClass(parsed, KOTLIN) : CLASS_FILE.transformClass(parsed, JAVA);
  }

  private static boolean hasLines(Annotation annotation) {
    return is(SOURCE_MAP, annotation) || is(COROUTINE, annotation);
  }

  private static List<Annotation> annotations(List<Annotation> annotations) {
    return annotations.stream()
        .filter(each -> !is(SOURCE_MAP, each))
        .map(each -> is(COROUTINE, each) ? Annotation.of(each.className(), members(each)) : each)
        .toList();
  }

  private static List<AnnotationElement> members(Annotation annotation) {
    return annotation.elements().stream().filter(each -> !LINES.contains(each.name().stringValue())).toList();
  }

  private static boolean is(String type, Annotation annotation) {
    return annotation.className().equalsString(type);
  }
}
