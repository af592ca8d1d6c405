package dev.pinion.awscdk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;

/**
 * Whether something is deployed: decided now, or by a parameter of the stack.
 *
 * @param possible whether it may be deployed at all
 * @param when the condition that decides; null if it is deployed
 */
record Choice(boolean possible, @Nullable CfnCondition when) {
  static final Choice NO = new Choice(false, null);
  static final Choice YES = new Choice(true, null);

  static Choice when(CfnCondition condition) {
    return new Choice(true, condition);
  }

  /** Lets a resource be there only if this is chosen. */
  void decides(CfnResource resource) {
    if (when != null) resource.getCfnOptions().setCondition(when);
  }

  /** Returns a value, or no value. */
  Object value(Object chosen) {
    return when == null ? chosen : Fn.conditionIf(when.getLogicalId(), chosen, Aws.NO_VALUE);
  }

  /**
   * Lets a resource that has a text be made after another one, if that is made. A resource may not depend on one that a
   * condition decides about, but it may refer to it.
   *
   * @return the text, which refers to the other resource if a condition decides
   */
  String after(CfnResource other, CfnResource resource, String text) {
    if (when == null) {
      resource.getNode().addDependency(other);
      return text;
    }
    String referring = Fn.select(0, List.of(text, other.getRef()));
    return Fn.conditionIf(when.getLogicalId(), referring, text).toString();
  }

  /** Returns one of two texts. */
  String text(String chosen, String otherwise) {
    if (!possible) return otherwise;
    return when == null ? chosen : Fn.conditionIf(when.getLogicalId(), chosen, otherwise).toString();
  }
}
