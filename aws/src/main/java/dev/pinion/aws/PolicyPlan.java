package dev.pinion.aws;

import java.util.List;

/**
 * An IAM policy of a role.
 *
 * @param kind whether the policy is part of the role
 * @param statements the statements, none of which is empty
 */
public record PolicyPlan(Kind kind, List<Statement> statements) {

  /** How a policy belongs to its role. */
  public enum Kind {
    /** A policy inside the role. */
    INLINE,
    /** A resource of its own, attached to the role. */
    MANAGED
  }

  public PolicyPlan {
    statements = List.copyOf(statements);
  }
}
