package dev.pinion.spi;

import dev.pinion.Handler;

/**
 * The handler of a queue's messages.
 *
 * @param path its identity: the queue's id
 * @param messageType the type that a message is read into
 * @param handler a {@link dev.pinion.QueueHandler} or a {@link dev.pinion.QueueMessageHandler}
 */
public record ConsumerModel(
    String path, Class<?> messageType, Handler handler, FunctionModel options, SourceLocation location)
    implements HandlerModel {}
