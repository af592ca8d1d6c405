package dev.pinion.sim;

/** What a simulator does about an operation that the role of its handler does not allow on AWS. */
public enum PermissionMode {
  /** The operation throws {@link dev.pinion.ForbiddenException}, as it does on AWS, and the log says why. */
  ENFORCE,
  /** The operation is executed, and the log says that AWS would refuse it. */
  WARN,
  /** Nothing is checked. */
  OFF
}
