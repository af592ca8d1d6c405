package dev.pinion.awsclient;

import java.io.IOException;

/** Sends HTTP requests. Any thread. */
interface Transport {
  /**
   * Sends a request and waits for the whole response.
   *
   * @param deadline when to give up, on {@link System#nanoTime}
   * @throws IOException when there is no whole response by then
   */
  AwsReply send(AwsCall call, long deadline) throws IOException;
}
