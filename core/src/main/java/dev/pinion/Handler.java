package dev.pinion;

/**
 * Handles the events of a route, a schedule, a task or a queue. Handlers run on virtual threads, may block, and may run
 * concurrently.
 */
public sealed interface Handler
    permits ConnectHandler, DisconnectHandler, MessageHandler, RequestHandler, TaskHandler, TickHandler,
    HttpCallHandler, HttpBodyHandler, QueueHandler, QueueMessageHandler, ChangeHandler,
    AuthorizeHandler {}
