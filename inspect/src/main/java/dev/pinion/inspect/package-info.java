/**
 * What an app's handlers may do, read from their bytecode: which operation of which table, WebSocket API, config or
 * secret each can reach, and mistakes between an app's two phases.
 */
@NullMarked
package dev.pinion.inspect;

import org.jspecify.annotations.NullMarked;
