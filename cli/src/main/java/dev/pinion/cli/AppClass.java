package dev.pinion.cli;

import dev.pinion.App;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The one class of a program that is an app. */
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
   * @throws UserException when there is none, or more than one
   */
  static AppClass of(ProgramLoader loader, Program program) {
    List<Class<? extends App>> apps = new ArrayList<>();
    List<String> near = new ArrayList<>();
    for (String name : loader.own().stream().sorted().toList()) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        if (App.class.isAssignableFrom(type) && concrete(type)) apps.add(type.asSubclass(App.class));
        else if (candidate(type)) near.add(type.getName());
      } catch (ClassNotFoundException | LinkageError e) {
        near.add(name + " (it cannot be loaded: " + e + ")");
      }
    }
    if (apps.size() == 1) return new AppClass(loader, apps.getFirst());
    throw new UserException(apps.isEmpty() ? none(program, near) : several(program, apps));
  }

  private static boolean concrete(Class<?> type) {
    return !type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && !type.isAnonymousClass()
        && !type.isLocalClass();
  }

  private static boolean candidate(Class<?> type) {
    return !type.isAnonymousClass() && !type.isLocalClass() && (App.class.isAssignableFrom(type) || concrete(type));
  }

  private static String none(Program program, List<String> near) {
    return "error: " + program + " has no app: one class must implement dev.pinion.App and be neither abstract, local"
        + " nor anonymous\n  its classes: " + (near.isEmpty() ? "none" : String.join(", ", near));
  }

  private static String several(Program program, List<Class<? extends App>> apps) {
    return "error: " + program + " has " + apps.size() + " apps, and one is run at a time: "
        + apps.stream().map(Class::getName).collect(Collectors.joining(", "))
        + "\n  put each in a file or folder of its own, and run that";
  }

  /** Its binary name. */
  String name() {
    return type.getName();
  }

  /**
   * Makes the app.
   *
   * @throws UserException when its constructor takes parameters, or throws
   */
  App create() {
    try {
      Constructor<? extends App> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw new UserException(
          "error: the app " + type.getName() + " must have a constructor without parameters, and be static if it is"
              + " inside another class",
          e);
    } catch (InvocationTargetException e) {
      throw new UserException(UserStack.describe(loader, e.getTargetException()), e);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
