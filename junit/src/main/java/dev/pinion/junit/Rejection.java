package dev.pinion.junit;

/**
 * How a handshake was answered that did not open a connection.
 *
 * @param status the HTTP status
 * @param body the body, empty without one
 */
public record Rejection(int status, String body) {}
