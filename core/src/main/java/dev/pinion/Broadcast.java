package dev.pinion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a {@link WebSocket#broadcast broadcast}.
 *
 * @param sent the number of connections for which API Gateway accepted the message
 * @param gone the ids of the connections that were gone (410), in the order in which they were passed
 * @param failed the ids of the connections to which the message could not be sent, each with its error, in the
 *     order in which they were passed; an id that was passed twice and failed twice is there once, with its last error;
 *     an id that is null is there as {@code "null"}
 */
public record Broadcast(int sent, List<String> gone, Map<String, ServiceException> failed) {
  public Broadcast {
    gone = List.copyOf(gone);
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }
}
