package dev.pinion.cli;

import dev.pinion.App;
import dev.pinion.spi.HandlerScope;
import java.io.File;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The class of a program that implements {@link App}. */
final class AppClass {
  private final ProgramLoader loader;
  private final Class<? extends App> type;

  private AppClass(ProgramLoader loader, Class<? extends App> type) {
    this.loader = loader;
    this.type = type;
  }

  /**
   * Finds a program's app.
   *
   * @throws UserException if there is none, or more than one
   */
  static AppClass of(ProgramLoader loader, Program program) {
    List<Class<? extends App>> apps = new ArrayList<>();
    List<String> near = new ArrayList<>();
    find(loader, program.candidates(loader), apps, near);
    if (apps.size() > 1) apps.retainAll(ofFile(loader, program, apps));
    if (apps.size() == 1) return new AppClass(loader, apps.getFirst());
    if (!program.app().isEmpty()) throw new UserException(another(loader, program, near));
    throw new UserException(apps.isEmpty() ? none(program, near) : several(program, apps));
  }

  /** Returns those apps that are in the file which the user has named, if there are any; all of a folder's. */
  private static List<Class<? extends App>> ofFile(
      ProgramLoader loader, Program program, List<Class<? extends App>> apps) {
    if (!Files.isRegularFile(program.path())) return apps;
    String file = String.valueOf(program.path().getFileName());
    List<Class<? extends App>> own = apps.stream().filter(each -> ClassFile.of()
        .parse(Objects.requireNonNull(loader.classes().get(each.getName()))).findAttribute(Attributes.sourceFile())
        .filter(source -> source.sourceFile().stringValue().equals(file)).isPresent()).toList();
    return own.isEmpty() ? apps : own;
  }

  /**
   * Looks which classes are apps.
   *
   * @param apps receives the apps
   * @param near receives the names of others, which their author may have meant
   */
  private static void find(
      ProgramLoader loader, Set<String> names, List<Class<? extends App>> apps, List<String> near) {
    for (String name : names.stream().sorted().toList()) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        if (App.class.isAssignableFrom(type) && concrete(type)) apps.add(type.asSubclass(App.class));
        else if (candidate(type)) near.add(type.getName());
      } catch (ClassNotFoundException | LinkageError e) {
        near.add(name + " (cannot be loaded: " + e + ")");
      }
    }
  }

  /** The class that was named is no app. */
  private static String another(ProgramLoader loader, Program program, List<String> found) {
    String name = program.app();
    boolean missing = found.contains(name + " (cannot be loaded: " + new ClassNotFoundException(name) + ")");
    String folders = program.classes().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    String why = missing ? "there is no class " + name + " in " + folders
        : found.contains(name) ? name + " is no app: it does not implement dev.pinion.App, or is abstract"
            : String.join(", ", found);
    List<Class<? extends App>> apps = new ArrayList<>();
    find(loader, loader.own(), apps, new ArrayList<>());
    return "error: " + why + "\n  apps there: " + (apps.isEmpty() ? "none" : names(apps));
  }

  private static String names(List<Class<? extends App>> apps) {
    return apps.stream().map(Class::getName).collect(Collectors.joining(", "));
  }

  private static boolean concrete(Class<?> type) {
    return !type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && !type.isAnonymousClass()
        && !type.isLocalClass();
  }

  private static boolean candidate(Class<?> type) {
    return !type.isAnonymousClass() && !type.isLocalClass() && (App.class.isAssignableFrom(type) || concrete(type));
  }

  private static String none(Program program, List<String> near) {
    return "error: " + program + " has no app: one class must implement dev.pinion.App and must not be abstract,"
        + " local or anonymous\n  classes found: " + (near.isEmpty() ? "none" : String.join(", ", near));
  }

  private static String several(Program program, List<Class<? extends App>> apps) {
    String what = "error: " + program + " has " + apps.size() + " apps, but only one can be run at a time: "
        + names(apps) + "\n  ";
    String first = apps.getFirst().getName();
    if (!program.sources().isEmpty()) return what + "move each to its own file or folder and run that";
    return Files.exists(program.path().resolve("pom.xml"))
        ? what + "name one with the Maven plugin, such as mvn pinion:run -Dpinion.app=" + first
        : what + "name one behind --classes, such as " + first;
  }

  /** Returns its binary name. */
  String name() {
    return type.getName();
  }

  /**
   * Creates the app. Threads that its static initializer or its constructor starts work for any handler, as those of
   * {@code define} do.
   *
   * @throws UserException if it has no constructor without parameters, or its constructor throws
   */
  App create() {
    App[] made = new App[1];
    HandlerScope.define(() -> made[0] = made());
    return made[0];
  }

  private App made() {
    try {
      Constructor<? extends App> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw new UserException(
          "error: the app " + type.getName() + " must have a constructor without parameters, and must be static if it"
              + " is a nested class",
          e);
    } catch (LinkageError e) {
      if (e instanceof ExceptionInInitializerError) throw e;
      throw new UserException("error: the app " + type.getName() + " cannot be loaded: " + e, e);
    } catch (InvocationTargetException e) {
      throw new UserException(UserStack.describe(loader, e.getTargetException()), e);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
