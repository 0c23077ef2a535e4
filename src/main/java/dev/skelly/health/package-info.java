/**
 * Health checks and metrics of a node: liveness, readiness, start.
 *
 * <p>Parts contribute {@link dev.skelly.health.ReadinessCheck}s. Owns no table.
 *
 * <p>Why these parts are not those of Vert.x 5.0.8:
 *
 * <ul>
 * <li>{@code HealthEndpoint} and not {@code vertx-health-check}: that one runs each check on every request, so each caller costs a
 *       connection to the database. It also supports no check that may fail while the node stays up.
 *   <li>{@code MetricsEndpoint}, {@code RuntimeMetrics} and {@code EventLoopLag} and not {@code vertx-micrometer-metrics}: the meters of the process
 *       are Micrometer's own already. The library uses other names for HTTP metrics than common dashboards, and does not measure the
 *       delay of an event loop.
 * </ul>
 */
@NullMarked
package dev.skelly.health;

import org.jspecify.annotations.NullMarked;
