package dev.pinion;

/**
 * Handles the events of a route or a schedule. Handlers run on virtual threads, may block, and may run concurrently.
 */
public sealed interface Handler
    permits ConnectHandler, DisconnectHandler, MessageHandler, RequestHandler, TickHandler, HttpCallHandler,
    HttpBodyHandler {}
