package dev.pinion.sim;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of this process, as far as an app may have started them. Virtual threads cannot be listed. */
final class AppThreads {
  private AppThreads() {}

  private static Set<Thread> all() {
    ThreadGroup top = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    while (top.getParent() != null) top = top.getParent();
    Thread[] found = new Thread[top.activeCount() + 16];
    int count = top.enumerate(found);
    while (count == found.length) {
      found = new Thread[2 * count];
      count = top.enumerate(found);
    }
    return new HashSet<>(Arrays.asList(found).subList(0, count));
  }

  /** Returns the numbers of the platform threads that live. */
  static Set<Long> ids() {
    return all().stream().map(Thread::threadId).collect(Collectors.toSet());
  }

  /** Returns the threads that an app has started since others were there: neither Pinion's nor the JVM's. */
  static Set<Thread> since(Set<Long> others) {
    Set<Thread> own = all();
    own.removeIf(each -> others.contains(each.threadId()) || isOurs(each));
    return own;
  }

  private static boolean isOurs(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    String name = thread.getName();
    return group == null || group.getName().equals("system") || group.getName().equals("InnocuousThreadGroup")
        || name.startsWith("pinion-") || name.startsWith("ForkJoinPool") || name.startsWith("VirtualThread-");
  }

  /** Returns where a thread stands: the innermost line that is neither the JDK's nor Pinion's; else the innermost. */
  static String place(StackTraceElement... stack) {
    if (stack.length == 0) return "no line";
    StackTraceElement frame = Arrays.stream(stack).filter(AppThreads::isOther).findFirst().orElse(stack[0]);
    return frame.getFileName() == null ? frame.getClassName() : frame.getFileName() + ":" + frame.getLineNumber();
  }

  private static boolean isOther(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")
        && !name.startsWith("dev.pinion.");
  }
}
