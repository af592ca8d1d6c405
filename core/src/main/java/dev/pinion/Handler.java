package dev.pinion;

/** What an app does at a route. Handlers run on virtual threads and may block; any number of them run at a time. */
public sealed interface Handler
    permits ConnectHandler, DisconnectHandler, MessageHandler, RequestHandler {}
