package dev.pinion;

import java.time.Instant;
import java.util.Optional;

/**
 * What API Gateway knows of an open connection.
 *
 * @param connectedAt when the client connected
 * @param sourceIp the client's address
 * @param userAgent the handshake's {@code User-Agent}, empty when the client sent none
 * @param lastActiveAt when a message last went in either direction
 * <p>Source: API Gateway developer guide, "Use @connections commands in your backend service".
 */
public record ConnectionInfo(
    Instant connectedAt, String sourceIp, Optional<String> userAgent, Instant lastActiveAt) {}
