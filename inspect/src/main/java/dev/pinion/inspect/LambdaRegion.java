package dev.pinion.inspect;

/**
 * The region that Lambda gives every function in its environment. Where this machine has none, an AWS client in a
 * static field cannot even be made, though it is only to be inspected.
 */
public final class LambdaRegion {
  private static final String PROPERTY = "aws.region";

  private LambdaRegion() {}

  /** Lets AWS clients of this process have a region, where none is set; no request is made to it. */
  public static void provide() {
    boolean set = System.getProperty(PROPERTY) != null || System.getenv("AWS_REGION") != null
        || System.getenv("AWS_DEFAULT_REGION") != null;
    if (!set) System.setProperty(PROPERTY, "us-east-1");
  }
}
