/**
 * A server for HTTP/1.1 and WebSocket over {@code java.nio}: event loops, sockets with bounded output, requests,
 * responses and frames. It knows nothing of API Gateway.
 *
 * <p>Start at {@link dev.pinion.engine.Server}. What a server does with a request is its {@link
 * dev.pinion.engine.HttpHandler}; what it does with a WebSocket's messages is a {@link dev.pinion.engine.FrameSink}.
 * What else a loop runs, and on which threads, is its {@link dev.pinion.engine.LoopHook}.
 */
@NullMarked
package dev.pinion.engine;

import org.jspecify.annotations.NullMarked;
