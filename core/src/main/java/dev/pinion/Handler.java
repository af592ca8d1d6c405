package dev.pinion;

/**
 * Handles the events of a route, a schedule or a task. Handlers run on virtual threads, may block, and may run
 * concurrently.
 */
public sealed interface Handler
    permits ConnectHandler, DisconnectHandler, MessageHandler, RequestHandler, TaskHandler, TickHandler,
    HttpCallHandler, HttpBodyHandler {}
