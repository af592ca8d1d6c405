package dev.pinion.spi;

import dev.pinion.TaskHandler;

/**
 * The handler of a task.
 *
 * @param path its identity: the task's id
 * @param payloadType the type that the payload is converted to, from JSON
 */
public record StartModel(
    String path, TaskHandler<?> handler, Class<?> payloadType, FunctionModel options, SourceLocation location)
    implements HandlerModel {}
