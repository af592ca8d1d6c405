package dev.pinion.aws;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SourceDebugExtensionAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What makes another version of the functions.
final class CodeDigestTest {
  private static final String SOURCE = """
      final class Chat {
        String greet(String name) {
          for (int i = 0; i < 3 && name.isEmpty(); i++) {
            name = "" + i;
          }
          return "Hello, " + name;
        }
      }
      """;

  @TempDir private Path folder = Path.of("set by JUnit");

  @Test
  void aCommentThatMovesLinesIsNoOtherVersion() throws IOException {
    byte[] moved = compiled("// A comment.\n\n" + SOURCE.replace("{\n    return", "{\n    // Why.\n    return"));
    assertThat(moved).isNotEqualTo(compiled(SOURCE));
    assertThat(CodeDigest.of(moved)).isEqualTo(CodeDigest.of(compiled(SOURCE))).matches("[0-9a-f]{32}");
  }

  @Test
  void otherCodeIsAnotherVersion() throws IOException {
    assertThat(CodeDigest.of(compiled(SOURCE.replace("Hello", "Hi")))).isNotEqualTo(CodeDigest.of(compiled(SOURCE)));
    assertThat(CodeDigest.of(compiled(SOURCE.replace("i < 3", "i < 4"))))
        .isNotEqualTo(CodeDigest.of(compiled(SOURCE)));
  }

  @Test
  void aFileHasTheDigestOfItsBytes() throws IOException {
    byte[] zip = compiled(SOURCE);
    assertThat(CodeDigest.of(Files.write(folder.resolve("function.zip"), zip))).isEqualTo(CodeDigest.of(zip));
  }

  /// Kotlin's compiler writes lines in places of its own too.
  @Test
  void aCommentInKotlinIsNoOtherVersion() throws IOException {
    assertThat(kotlin(7, "c")).isNotEqualTo(kotlin(9, "c"));
    assertThat(CodeDigest.of(kotlin(7, "c"))).isEqualTo(CodeDigest.of(kotlin(9, "c")));
    assertThat(CodeDigest.of(kotlin(7, "c"))).isNotEqualTo(CodeDigest.of(kotlin(7, "d")));
  }

  /// The class of a suspended function with inlined code, as Kotlin 2.4 writes it.
  private byte[] kotlin(int line, String name) throws IOException {
    String lines = "SMAP\nChat.kt\nKotlin\n*S Kotlin\n*F\n+ 1 Chat.kt\nChat\n*L\n1#1,13:1\n" + line + "#1:14\n*E\n";
    Annotation map = Annotation.of(ClassDesc.of("kotlin.jvm.internal.SourceDebugExtension"),
        AnnotationElement.ofArray("value", AnnotationValue.ofString(lines)));
    Annotation coroutine = Annotation.of(ClassDesc.of("kotlin.coroutines.jvm.internal.DebugMetadata"),
        AnnotationElement.ofString("f", "Chat.kt"),
        AnnotationElement.ofArray("l", AnnotationValue.ofInt(line)),
        AnnotationElement.ofArray("nl", AnnotationValue.ofInt(line + 1)),
        AnnotationElement.ofString("c", name));
    byte[] code = ClassFile.of().build(ClassDesc.of("Chat"), builder -> builder
        .with(SourceDebugExtensionAttribute.of(lines.getBytes(StandardCharsets.UTF_8)))
        .with(RuntimeVisibleAnnotationsAttribute.of(map, coroutine))
        .withMethodBody("f", MethodTypeDesc.ofDescriptor("()V"), ClassFile.ACC_STATIC,
            body -> body.lineNumber(line).return_()));
    Path classes = Files.createDirectories(folder.resolve("kotlin"));
    Files.write(classes.resolve("Chat.class"), code);
    return new FunctionZip().add(classes).bytes();
  }

  private byte[] compiled(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Chat.java"), source);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options = List.of("-g", "-d", classes.toString());
      assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file)).call()).isTrue();
    }
    return new FunctionZip().add(classes).bytes();
  }
}
