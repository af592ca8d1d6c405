package dev.pinion.spi;

import dev.pinion.TickHandler;

/**
 * The handler of a schedule.
 *
 * @param path its identity: the schedule's id
 */
public record TickModel(String path, TickHandler handler, FunctionModel options, SourceLocation location)
    implements HandlerModel {}
