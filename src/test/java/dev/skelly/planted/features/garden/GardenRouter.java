package dev.skelly.planted.features.garden;

import io.vertx.ext.web.Router;

/** Breaks: features know no machinery, here by a library that only the machinery uses. */
record GardenRouter(Router router) {}
