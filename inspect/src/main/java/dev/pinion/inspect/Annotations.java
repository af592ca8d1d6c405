package dev.pinion.inspect;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Annotations in class files; their classes need not be there. */
final class Annotations {
  private Annotations() {}

  /** The binary names of the classes that annotations of a class and of its members name. */
  static Set<String> classes(Optional<ClassModel> file) {
    Set<String> all = new LinkedHashSet<>();
    file.ifPresent(model -> {
      collect(model, all);
      model.fields().forEach(each -> collect(each, all));
      model.methods().forEach(each -> collect(each, all));
    });
    return all;
  }

  private static void collect(AttributedElement element, Set<String> all) {
    of(element).forEach(each -> each.elements().forEach(part -> collect(part.value(), all)));
    element.findAttribute(Attributes.runtimeVisibleParameterAnnotations())
        .ifPresent(found -> found.parameterAnnotations().forEach(
            list -> list.forEach(each -> each.elements().forEach(part -> collect(part.value(), all)))));
  }

  private static void collect(AnnotationValue value, Set<String> all) {
    switch (value) {
      case AnnotationValue.OfClass type when isClass(type.classSymbol()) -> all.add(Types.binary(type.classSymbol()));
      case AnnotationValue.OfArray array -> array.values().forEach(each -> collect(each, all));
      case AnnotationValue.OfAnnotation inner ->
          inner.annotation().elements().forEach(part -> collect(part.value(), all));
      default -> {
      }
    }
  }

  private static boolean isClass(ClassDesc type) {
    return type.isClassOrInterface();
  }

  /** The annotations that a program can read while it runs. */
  static List<Annotation> of(AttributedElement element) {
    return element.findAttribute(Attributes.runtimeVisibleAnnotations()).map(found -> found.annotations())
        .orElse(List.of());
  }
}
