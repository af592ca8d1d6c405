package dev.pinion.inspect;

import dev.pinion.inspect.RandomHierarchy.Call;
import dev.pinion.inspect.Selection.Declared;
import dev.pinion.inspect.Selection.Fails;
import dev.pinion.inspect.Selection.Outcome;
import dev.pinion.inspect.Selection.Runs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What is selected is what the JVM runs, in generated hierarchies.
final class SelectionTest {
  private static final int HIERARCHIES = Integer.getInteger("pinion.hierarchies", 200);
  private static final long SEED = Long.getLong("pinion.seed", 1);

  @Test
  void theJvmRunsWhatIsSelected() throws Exception {
    Map<Object, Integer> outcomes = new HashMap<>();
    for (long seed = SEED; seed < SEED + HIERARCHIES; seed++) {
      RandomHierarchy hierarchy = new RandomHierarchy(seed);
      Selection selection = new Selection(Declared::of);
      for (Call call : hierarchy.calls()) {
        Object runs = hierarchy.run(call);
        Class<?> receiver = hierarchy.load(call.receiver());
        Outcome outcome =
            selection.call(call.member(), hierarchy.load(call.owner()), hierarchy.load(call.caller()), receiver);
        outcomes.merge(runs instanceof Class ? runs : call.kind(), 1, Integer::sum);
        // Access is the compiler's affair: nothing is said of a call that may not be made.
        if (runs == IllegalAccessError.class || (runs == AbstractMethodError.class && isHidden(call, receiver)))
          continue;
        assertThat(text(outcome)).as("seed %s: %s in%n%s", seed, call, hierarchy).isEqualTo(runs);
      }
    }
    assertThat(outcomes.keySet()).containsExactlyInAnyOrder(
        Member.Kind.STATIC, Member.Kind.SPECIAL, Member.Kind.VIRTUAL, AbstractMethodError.class,
        IllegalAccessError.class, IncompatibleClassChangeError.class, NoSuchMethodError.class);
  }

  private static Object text(Outcome outcome) {
    return switch (outcome) {
      case Runs(Declared method) -> method.toString();
      case Fails(var error) -> error;
    };
  }

  /// HotSpot 25 throws AbstractMethodError for some default methods below a private one, which JVMS 5.4.6 selects.
  private static boolean isHidden(Call call, Class<?> receiver) {
    for (@Nullable Class<?> each = receiver; each != null; each = each.getSuperclass()) {
      if (Declared.of(each).stream().anyMatch(method -> method.isPrivate() && isOf(call, method))) return true;
    }
    return false;
  }

  private static boolean isOf(Call call, Declared method) {
    return method.name().equals(RandomHierarchy.NAME) && method.descriptor().equals(call.type().descriptorString());
  }

  interface Weaker {
    default String m() {
      return "";
    }
  }

  interface Marker extends Weaker {
    @Override
    default String m() {
      return "marker";
    }
  }

  @Test
  void anObjectOfInterfacesAloneHasTheirMethodsAndThoseOfObject() throws Exception {
    Selection selection = new Selection(Declared::of);
    Declared method = Declared.of(Weaker.class.getDeclaredMethod("m"));
    Declared hash = Declared.of(Object.class.getDeclaredMethod("hashCode"));
    assertThat(selection.select(method, List.of(Runnable.class, Marker.class)))
        .isEqualTo(new Runs(Declared.of(Marker.class.getDeclaredMethod("m"))));
    assertThat(selection.select(hash, List.of(Runnable.class))).isEqualTo(new Runs(hash));
  }

  @Test
  void methodHandlesTakeEveryDescriptor() {
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor("(Ljava/lang/String;I)V");
    Class<?> handle = java.lang.invoke.MethodHandle.class;
    Member member = new Member(Member.Kind.VIRTUAL, handle.getName(), "invokeExact", type);
    Declared found = new Selection(Declared::of).call(member, handle, getClass(), handle).method().orElseThrow();
    assertThat(Arrays.stream(handle.getMethods()).map(Declared::of)).contains(found);
  }
}
