package dev.pinion.gateway;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client calls a server: a name or an address, and perhaps a port.
 *
 * @param name the name in lower case; an IPv6 address is in brackets
 * @param port the port, empty without one
 */
public record HostName(String name, String port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-f:.%]+]|[\\p{Alnum}\\u0080-\\uffff._-]+)(?::(\\d{1,5}))?", Pattern.CASE_INSENSITIVE);

  /** Splits a {@code Host} header, whatever it is. */
  static HostName of(String header) {
    String host = header.toLowerCase(Locale.ROOT);
    int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
    return colon < 0 ? new HostName(host, "") : new HostName(host.substring(0, colon), host.substring(colon + 1));
  }

  /**
   * Returns a name that a user wrote, in lower case.
   *
   * @throws IllegalArgumentException when it is none: the message says what to write
   */
  public static String normalize(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a host name: use a name or an address, with or without a port, such as"
              + " demo.example.com or 192.168.1.5:8080");
    }
    return text.strip().toLowerCase(Locale.ROOT);
  }

  boolean isLoopback() {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /** Returns whether it is an address, not a name, that one of this machine's network interfaces has. */
  boolean isThisMachine() {
    String literal = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    try {
      return NetworkInterface.getByInetAddress(InetAddress.ofLiteral(literal)) != null;
    } catch (IllegalArgumentException | SocketException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return port.isEmpty() ? name : name + ":" + port;
  }
}
