package dev.pinion.spi;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import java.util.Iterator;
import java.util.Optional;

/**
 * The management API ({@code @connections}) of one WebSocket API, as a platform offers it. All calls block until API
 * Gateway has answered, and may be made from any thread.
 *
 * <p>A connection that is gone (410) is an answer, not an error. Everything else throws a {@link
 * dev.pinion.ServiceException}: {@link dev.pinion.BadRequestException} for an id that is not of API Gateway's form,
 * {@link dev.pinion.PayloadTooLargeException}, {@link dev.pinion.LimitExceededException}, {@link
 * dev.pinion.ForbiddenException}.
 */
public interface Sender {

  /** Sends a text message; true when API Gateway took it, false when the connection is gone. */
  boolean postToConnection(String connectionId, String data);

  /** Closes a connection with status 1000; false when it is gone. */
  boolean deleteConnection(String connectionId);

  /** What API Gateway knows of a connection; empty when it is gone. */
  Optional<ConnectionInfo> getConnection(String connectionId);

  /** Sends one text to many connections and returns when the last has been answered. */
  Broadcast broadcast(Iterator<String> connectionIds, String data);

  /** The URL that clients connect to, such as {@code ws://localhost:8080/prod}. */
  String url();
}
