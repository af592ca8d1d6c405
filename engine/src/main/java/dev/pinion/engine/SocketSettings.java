package dev.pinion.engine;

import java.util.function.Consumer;

/**
 * What all sockets of one server share.
 *
 * @param bufferBytes the most bytes that wait for one client that reads slowly
 * @param budget what all of them may keep for their clients
 * @param input what all of them may keep of their clients until it is handled
 * @param leaving the sockets that have been given their last frame
 * @param failures the receiver of the engine's own errors
 */
record SocketSettings(
    int bufferBytes, OutputBudget budget, InputBudget input, Deadlines leaving, Consumer<Throwable> failures) {}
