package dev.pinion;

import java.time.Instant;
import java.util.Optional;

/**
 * Details of an open connection, from API Gateway.
 *
 * @param connectedAt when the client connected
 * @param sourceIp the client's address
 * @param userAgent the handshake's {@code User-Agent}, empty if the client sent none
 * @param lastActiveAt when the last message was sent in either direction
 * <p>Source: API Gateway developer guide, "Use @connections commands in your backend service".
 */
public record ConnectionInfo(
    Instant connectedAt, String sourceIp, Optional<String> userAgent, Instant lastActiveAt) {}
