package dev.pinion;

/** What an app does at a route. Handlers may block; each call has a virtual thread of its own. */
public sealed interface Handler
    permits ConnectHandler, DisconnectHandler, MessageHandler, RequestHandler {}
