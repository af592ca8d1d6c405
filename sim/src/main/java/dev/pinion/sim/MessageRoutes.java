package dev.pinion.sim;

import dev.pinion.gateway.RouteSelector;
import dev.pinion.json.Router;

/** A router as the gateway asks it. Any thread. */
record MessageRoutes(Router router) implements RouteSelector {
  @Override
  public String routeKey(String body) {
    return router.routeKey(body);
  }

  @Override
  public String unrouted(String body, String routeKey) {
    return router.unrouted(body, routeKey);
  }
}
