import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar with its classes for Java 5 as classes for Java 8: the JVM's cache for fast starts takes none that are
 * older than Java 6, as they lack what is verified quickly. The code stays the same.
 */
public final class Modernize {
  private static final ClassFile FORMAT = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
  private static final ClassTransform NEWER =
      ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen((builder, element) -> {
        if (element instanceof ClassFileVersion) {
          builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
        } else {
          builder.with(element);
        }
      });

  private Modernize() {}

  /** Takes the jar, which is also on the class path, and where the copy is to be. */
  public static void main(String[] arguments) throws IOException {
    try (ZipFile from = new ZipFile(arguments[0]);
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(entry.getName().endsWith(".class") ? newer(bytes) : bytes);
      }
    }
  }

  private static byte[] newer(byte[] bytes) {
    ClassModel read = FORMAT.parse(bytes);
    return read.majorVersion() < ClassFile.JAVA_6_VERSION ? FORMAT.transformClass(read, NEWER) : bytes;
  }
}
