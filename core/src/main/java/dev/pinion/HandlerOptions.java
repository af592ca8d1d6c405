package dev.pinion;

import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.FunctionModel.Permission;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The options of the function that runs a handler. */
public final class HandlerOptions {
  private static final int SMALLEST = 128;
  private static final int LARGEST = 10_240;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Binding binding;
  private final String path;
  private final List<Permission> allowed = new ArrayList<>();
  private int memory = 512;
  private Duration timeout = Duration.ofSeconds(29);

  HandlerOptions(Binding binding, String path) {
    this.binding = binding;
    this.path = path;
  }

  /** The function's memory in MiB, 128 to 10,240; 512 unless told. AWS gives processor time in proportion to it. */
  public HandlerOptions memory(int mebibytes) {
    SourceLocation location = binding.declare("memory");
    if (mebibytes < SMALLEST || mebibytes > LARGEST) {
      binding.problem(
          location,
          "handler '" + path + "' has a memory of " + mebibytes + " MiB: use 128 to 10240");
    }
    memory = mebibytes;
    return this;
  }

  /**
   * How long a call may take, whole seconds from 1 s to 15 min; 29 s unless told. API Gateway itself waits 29 s at
   * most.
   */
  public HandlerOptions timeout(Duration limit) {
    SourceLocation location = binding.declare("timeout");
    if (limit.compareTo(SHORTEST) < 0
        || limit.compareTo(LONGEST) > 0
        || !limit.equals(Duration.ofSeconds(limit.toSeconds()))) {
      binding.problem(
          location,
          "handler '" + path + "' has a timeout of " + limit + ": use whole seconds, 1 to 900");
    }
    timeout = limit;
    return this;
  }

  /** Allows an AWS action that the handler uses by means of its own, such as another AWS client. */
  public HandlerOptions allow(String action, String arn) {
    SourceLocation location = binding.declare("allow");
    if (!action.matches("[a-z0-9-]+:[A-Za-z0-9*]+")) {
      binding.problem(
          location,
          "handler '" + path + "' is allowed '" + action + "': write it like s3:GetObject");
    }
    if (!arn.startsWith("arn:")) {
      binding.problem(
          location, "handler '" + path + "' is allowed something on '" + arn + "': use an ARN");
    }
    allowed.add(new Permission(action, arn));
    return this;
  }

  FunctionModel model() {
    return new FunctionModel(memory, timeout, allowed);
  }
}
