package dev.pinion.sim;

/**
 * Where one WebSocket API of a running app is reached.
 *
 * @param id the WebSocket's id
 * @param url the URL that clients connect to, such as {@code ws://localhost:8080/prod}
 * @param page the page to try it, such as {@code http://localhost:8080/}
 */
public record Endpoint(String id, String url, String page) {}
