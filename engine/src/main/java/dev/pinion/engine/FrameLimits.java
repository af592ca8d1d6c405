package dev.pinion.engine;

/**
 * Which frames a client may send.
 *
 * @param binary whether binary messages are allowed; otherwise the connection is closed with 1003
 * @param frameBytes the most bytes of a frame's payload; past it the connection is closed with 1009
 * @param messageBytes the most bytes of a message; past it the connection is closed with 1009
 * @param invalidText how a connection is closed whose text is not UTF-8
 */
public record FrameLimits(boolean binary, int frameBytes, int messageBytes, CloseStatus invalidText) {

  /** All messages up to 128 KiB, however they are cut into frames. */
  public static final FrameLimits DEFAULT = new FrameLimits(true, 128 * 1024, 128 * 1024, CloseStatus.of(1007));
}
