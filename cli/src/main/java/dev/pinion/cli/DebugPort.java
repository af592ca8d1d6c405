package dev.pinion.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The option {@code --debug}. The launcher reads it too: it starts this JVM with the agent that listens for a debugger,
 * and a JVM with this class as its main class before, which checks that the port is free.
 */
final class DebugPort {
  /** The option for an app that waits for the debugger. */
  static final String SUSPEND = "--suspend";

  private static final String DEBUG = "--debug";
  /** The port that IDEs suggest. */
  private static final int STANDARD = 5005;
  private static final int LARGEST = 65535;
  /** Set by the launcher when this JVM has the agent. */
  private static final String AGENT = "pinion.debug";

  private DebugPort() {}

  /** Ends with the code of a user's mistake, and a message, if the port that the argument names cannot be used. */
  public static void main(String... port) {
    int number = Integer.parseInt(port[0]);
    if (number > LARGEST) end(notAPort(port[0]));
    try (ServerSocket _ = new ServerSocket(number, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      // it is free
    } catch (IOException e) {
      end(
          "--debug cannot listen on port " + number + " (" + e.getMessage() + "). Is another app being debugged?"
              + " Choose another port, such as --debug=" + (number % LARGEST + 1) + ", or --debug=0 for any free one");
    }
  }

  private static void end(String mistake) {
    System.err.println("error: " + mistake);
    System.exit(PinionCommand.USER_MISTAKE);
  }

  private static String notAPort(String text) {
    return "'" + text + "' is not a valid port: use 0 to " + LARGEST;
  }

  /** Returns the option in picocli's model. */
  static OptionSpec option() {
    return OptionSpec.builder(DEBUG).paramLabel("PORT").arity("0..1").type(Integer.class).converters(new Converter())
        .description(
            "Let a debugger attach on this port of this machine; 0 picks a free port. No time limit of handlers"
                + " and connections passes while one is attached. Default: " + STANDARD + ".")
        .build();
  }

  /** Returns the arguments with a port in each {@code --debug}, so that what follows is not taken for it. */
  static String[] complete(String... arguments) {
    String[] all = arguments.clone();
    for (int i = 0; i < all.length; i++) {
      if (all[i].equals(DEBUG)) all[i] = DEBUG + "=" + STANDARD;
    }
    return all;
  }

  /**
   * Checks that a debugger can be attached, if the option is given.
   *
   * @throws UserException if none can
   */
  static void check(ParseResult parsed) {
    boolean given = parsed.hasMatchedOption(DEBUG);
    if (parsed.hasMatchedOption(SUSPEND) && !given) {
      throw new UserException("error: --suspend works together with --debug only");
    }
    if (given && !Boolean.getBoolean(AGENT)) {
      throw new UserException(
          "error: --debug needs the launcher 'pinion', as a JVM has a debug agent from its start or never. Elsewhere,"
              + " start this JVM with -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:"
              + STANDARD);
    }
  }

  /** Converts a port for picocli. */
  private static final class Converter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= LARGEST) return Integer.valueOf(value);
      throw new TypeConversionException(notAPort(value));
    }
  }
}
