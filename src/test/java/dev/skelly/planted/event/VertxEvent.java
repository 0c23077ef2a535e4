package dev.skelly.planted.event;

import io.vertx.core.Vertx;

/** Breaks: events are plain Java. */
record VertxEvent(Vertx vertx) {}
