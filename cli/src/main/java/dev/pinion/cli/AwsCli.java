package dev.pinion.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The user's own AWS CLI, with the user's credentials and region.
 *
 * @param tool its executable file
 */
record AwsCli(UserTool tool) {
  /**
   * Finds it on the PATH.
   *
   * @param what needs it, as the beginning of a message
   * @param otherwise what to do without it, as the end of the message
   */
  static AwsCli find(String what, String otherwise) {
    return UserTool.find(List.of("aws")).map(AwsCli::new).orElseThrow(() -> new UserException(
        "error: " + what + " the AWS CLI, but there is no aws on the PATH: install it"
            + " (https://aws.amazon.com/cli/)" + otherwise));
  }

  /**
   * Calls an operation, and returns its answer.
   *
   * @throws UserException if AWS refuses it
   */
  Object call(List<String> arguments) throws InterruptedException {
    List<String> line = Stream.concat(arguments.stream(), Stream.of("--output", "json")).toList();
    UserTool.Printed printed = tool.read(Path.of("").toAbsolutePath(), line);
    if (printed.code() != PinionCommand.OK) {
      throw new UserException("error: aws " + String.join(" ", arguments.subList(0, 2)) + " exited with "
          + printed.code() + ": " + printed.err().strip());
    }
    return MessagePattern.json(printed.out()).orElse(Map.of());
  }

  /** Returns the objects in a list of an answer. */
  static List<Map<?, ?>> objects(Object answer, String name) {
    List<Map<?, ?>> found = new ArrayList<>();
    if (answer instanceof Map<?, ?> all && all.get(name) instanceof List<?> list) {
      list.forEach(each -> {
        if (each instanceof Map<?, ?> one) found.add(one);
      });
    }
    return found;
  }
}
