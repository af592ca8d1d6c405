package dev.pinion;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one {@link WebSocket#broadcast broadcast}.
 *
 * @param sent how many connections API Gateway took the message for
 * @param gone the ids of connections that were gone (410), in the order given
 * @param failed the ids of connections that the message could not be sent to, each with its error, in the order
 *     given; an id that was given twice and failed twice is there once, with its last error
 */
public record Broadcast(int sent, List<String> gone, Map<String, ServiceException> failed) {
  public Broadcast {
    gone = List.copyOf(gone);
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }
}
