package dev.skelly.planted.event;

import io.vertx.core.Vertx;

/** Breaks: events are plain Java. */
record VertxFact(Vertx vertx) {}
