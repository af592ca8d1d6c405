package dev.pinion.spi;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import java.util.Iterator;
import java.util.Optional;

/**
 * The management API ({@code @connections}) of one WebSocket API, as implemented by a platform. All methods block until
 * API Gateway has answered. Any thread.
 *
 * <p>A connection that is gone (410) is not an error. All other errors throw a {@link
 * dev.pinion.ServiceException}: {@link dev.pinion.BadRequestException} for an id without the form of API Gateway's ids,
 * {@link dev.pinion.PayloadTooLargeException}, {@link dev.pinion.LimitExceededException}, {@link
 * dev.pinion.ForbiddenException}.
 */
public interface Sender {

  /** Sends a text message. Returns true if API Gateway accepted it, false if the connection is gone. */
  boolean postToConnection(String connectionId, String data);

  /** Closes a connection with code 1000. Returns false if it is gone. */
  boolean deleteConnection(String connectionId);

  /** Returns the details of a connection; empty if it is gone. */
  Optional<ConnectionInfo> getConnection(String connectionId);

  /** Sends one text to many connections, and waits until all sends have been answered. */
  Broadcast broadcast(Iterator<String> connectionIds, String data);

  /** The URL that clients connect to, such as {@code ws://localhost:8080/prod}. */
  String url();
}
