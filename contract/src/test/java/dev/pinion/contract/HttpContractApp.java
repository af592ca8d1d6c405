package dev.pinion.contract;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An HTTP API whose handlers answer with what they were given. */
public final class HttpContractApp implements App {
  /** A body. */
  public record Order(String id, int count) {}

  /** What a handler was given. */
  public record Seen(
      String route, String method, String path, String rawQuery, Map<String, List<String>> query,
      Map<String, String> cookies, String test, String body) {}

  @Override
  public void define(Cloud cloud) {
    HttpApi http = cloud.httpApi("api").create();
    http.on("ANY /seen", request -> new Seen(
        request.routeKey(), request.method(), request.path(), request.rawQuery(), new TreeMap<>(request.query()),
        new TreeMap<>(request.cookies()), request.header("X-Test").orElse("none"), request.body()));
    http.on("GET /orders/{id}", request -> request.routeKey() + " " + request.path("id"));
    http.on("GET /orders/first", request -> request.routeKey());
    http.on("GET /files/{path+}", request -> request.path("path") + " " + request.path());
    http.on("POST /orders", Order.class, (request, order) -> new Order(order.id(), order.count() + 1));
    http.on("POST /json", request -> request.json(Order.class).id());
    http.on("POST /text", String.class, (request, text) -> text);
    http.on("POST /bytes", request -> HttpReply.ok().header("content-type", "image/png").bytes(request.bytes()));
    http.on("GET /reply", request -> HttpReply.status(201).header("Location", "/x").cookie("a=1; HttpOnly")
        .addHeader("Vary", "origin").addHeader("vary", "accept").header("x-last", "1").header("X-Last", "2")
        .cookie("b=2").json("said"));
    http.on("GET /self", request -> http.url());
    http.on("GET /none", request -> null);
    http.on("GET /empty", request -> Optional.empty());
    http.on("GET /status", request -> HttpReply.status(418));
    http.on("GET /fails", request -> {
      throw new java.io.IOException("the disk is full");
    });
    http.on("GET /unsupported", request -> new Object());
    http.on("GET /context", request -> request.requestId().isEmpty() || request.sourceIp().isEmpty() ? "incomplete"
        : String.join(" ", request.domainName().replaceFirst(":.*", ""), request.userAgent().orElse("none"),
            request.authorizer().toString(), request.bytes().length + new String(request.bytes(), UTF_8)));
  }
}
