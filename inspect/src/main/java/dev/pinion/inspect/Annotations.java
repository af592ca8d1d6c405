package dev.pinion.inspect;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Annotations in class files; their classes need not be there. */
final class Annotations {
  private Annotations() {}

  /**
   * What annotations of a class and of its members name.
   *
   * @param classes the binary names of classes that are values, defaults included
   * @param types the binary names of the annotations themselves
   */
  record Names(Set<String> classes, Set<String> types) {
    private Names() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    private void add(AttributedElement element) {
      of(element).forEach(this::add);
      element.findAttribute(Attributes.runtimeVisibleParameterAnnotations())
          .ifPresent(found -> found.parameterAnnotations().forEach(list -> list.forEach(this::add)));
      element.findAttribute(Attributes.annotationDefault()).ifPresent(found -> add(found.defaultValue()));
    }

    private void add(Annotation annotation) {
      types.add(ClassNames.binary(annotation.classSymbol()));
      annotation.elements().forEach(part -> add(part.value()));
    }

    private void add(AnnotationValue value) {
      if (value instanceof AnnotationValue.OfClass type && type.classSymbol().isClassOrInterface()) {
        classes.add(ClassNames.binary(type.classSymbol()));
      } else if (value instanceof AnnotationValue.OfArray array) {
        array.values().forEach(this::add);
      } else if (value instanceof AnnotationValue.OfAnnotation inner) {
        add(inner.annotation());
      }
    }
  }

  static Names names(ClassModel file) {
    Names names = new Names();
    names.add(file);
    file.fields().forEach(names::add);
    file.methods().forEach(names::add);
    return names;
  }

  /**
   * Whether an annotation may say that data names classes: by a constant such as {@code CLASS} or {@code CUSTOM}, or by
   * a class that decides it.
   */
  static boolean leavesTheClassToData(AttributedElement element) {
    return of(element).stream().flatMap(each -> each.elements().stream()).anyMatch(part -> {
      if (part.value() instanceof AnnotationValue.OfEnum constant) {
        String name = constant.constantName().stringValue();
        return name.contains("CLASS") || name.equals("CUSTOM");
      }
      return part.value() instanceof AnnotationValue.OfClass;
    });
  }

  /** The annotations that a program can read while it runs. */
  static List<Annotation> of(AttributedElement element) {
    return element.findAttribute(Attributes.runtimeVisibleAnnotations()).map(found -> found.annotations())
        .orElse(List.of());
  }
}
