package dev.pinion.gateway;

import dev.pinion.engine.Network;
import dev.pinion.spi.ConnectionContext;

/**
 * An open connection at one moment. Bytes are those of the WebSocket's frames, with their heads.
 *
 * @param context what events say of the connection
 * @param lastActiveAt when a message was last received or sent, in milliseconds since the epoch
 * @param messagesReceived how many messages its client has sent
 * @param bytesReceived how many bytes its client has sent
 * @param framesSent how many frames were sent to its client, answers to pings among them
 * @param bytesSent how many bytes were sent to its client
 * @param network how slow the network to its client was made
 */
public record ConnectionStatus(
    ConnectionContext context, long lastActiveAt, long messagesReceived, long bytesReceived, long framesSent,
    long bytesSent, Network network) {}
