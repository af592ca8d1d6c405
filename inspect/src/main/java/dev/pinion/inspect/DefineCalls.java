package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.inspect.Instructions.Site;
import dev.pinion.inspect.Obj.Foreign;
import dev.pinion.inspect.Obj.Identity;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code define}, and the constructors and static initializers that it reaches, call of the JDK. */
final class DefineCalls {
  private static final String CLOUD = "dev.pinion.Cloud";
  private static final Set<String> UNORDERED = Set.of(
      "java.util.ImmutableCollections$SetN",
      "java.util.ImmutableCollections$Set12",
      "java.util.ImmutableCollections$MapN");
  private static final Set<String> ORDERED = Set.of(
      "java.util.List",
      "java.util.ArrayList",
      "java.util.ArrayDeque",
      "java.util.LinkedList",
      "java.util.LinkedHashSet",
      "java.util.LinkedHashMap");

  private final Analysis analysis;
  private final Set<Obj> unordered = new HashSet<>();

  DefineCalls(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Follows an app from its class's static initializer to the end of its define. */
  static void follow(Analysis analysis, App app) {
    Class<?> type = app.getClass();
    analysis.calls().initialize(type);
    Value self = analysis.live().value(app);
    analysis.types().find(type, Member.CONSTRUCTOR, "()V").ifPresent(code -> analysis.call(code, List.of(self)));
    MethodTypeDesc define = MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of(CLOUD));
    Member member = new Member(Member.Kind.VIRTUAL, type.getName(), "define", define);
    analysis.calls().call(member, List.of(self, Value.OTHER), new Site("define", 0));
  }

  /** Looks at a call of code that is not analysed. */
  void look(Member member, Class<?> owner, List<Value> operands, Site site) {
    if (analysis.types().owner(owner) == Types.Owner.LIBRARY) analysis.findings().enterLibrary();
    Optional<Surroundings> read = Surroundings.readBy(member);
    if (read.isPresent()) {
      analysis.findings().look(member, read.get(), analysis.path());
    } else if (isUnordered(member)) {
      unordered.add(new Foreign(site));
    } else if (goesThrough(member, owner, operands)) {
      analysis.findings().look(member, Surroundings.ORDER, analysis.path());
    }
  }

  private static boolean isUnordered(Member member) {
    boolean factory = member.name().startsWith("of") || member.name().equals("copyOf");
    if (member.kind() != Member.Kind.STATIC || !factory) return false;
    int one = member.is(java.util.Set.class, null) ? 1 : member.is(Map.class, null) ? 2 : -1;
    boolean array = member.type().parameterCount() == 1 && (member.type().parameterType(0).isArray()
        || member.name().equals("copyOf"));
    return one > 0 && (array || member.type().parameterCount() > one);
  }

  private boolean goesThrough(Member member, Class<?> owner, List<Value> operands) {
    boolean walked = Surroundings.isWalk(member) && member.kind() == Member.Kind.VIRTUAL
        && isUnordered(operands.getFirst());
    boolean copied = ORDERED.contains(owner.getName())
        && operands.stream().skip(member.kind() == Member.Kind.STATIC ? 0 : 1).anyMatch(this::isUnordered);
    return walked || copied;
  }

  private boolean isUnordered(Value value) {
    return value.objects().stream().anyMatch(each -> unordered.contains(each)
        || (each instanceof Foreign(Identity(Object object)) && UNORDERED.contains(object.getClass().getName())
            && (object instanceof Collection<?> all ? all.size() : ((Map<?, ?>) object).size()) > 1));
  }
}
