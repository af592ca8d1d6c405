package dev.pinion.aws;

import java.util.List;

/**
 * The alias of a function by which AWS's services invoke it. A function that handlers of several resources share has
 * one for each resource: an event does not always show which one it is of.
 *
 * @param path what refers to it: the function's path, or that and the resource's id
 * @param name its name in Lambda
 * @param resource the id of the resource whose events invoke it
 * @param handlers the paths of the resource's handlers that the function runs
 */
public record AliasPlan(String path, String name, String resource, List<String> handlers) {
  public AliasPlan {
    handlers = List.copyOf(handlers);
  }
}
