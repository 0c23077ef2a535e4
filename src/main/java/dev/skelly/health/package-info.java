/**
 * Whether this node lives, is ready and came up; what it measures.
 *
 * <p>Parts contribute {@link dev.skelly.health.ReadinessCheck}s. Owns no table.
 *
 * <p>Why these parts are not those of Vert.x 5.0.8:
 *
 * <ul>
 *   <li>{@code HealthEndpoint} and not {@code vertx-health-check}: that one runs each check at each question, so anybody who asks costs a
 *       connection to the database. It also knows no check that may fail without the node being down.
 *   <li>{@code MetricsEndpoint}, {@code RuntimeMetrics} and {@code EventLoopLag} and not {@code vertx-micrometer-metrics}: the meters of the process
 *       are Micrometer's own already. The library names HTTP metrics otherwise than operators' dashboards know them, and does not measure how
 *       late an event loop runs.
 * </ul>
 */
@NullMarked
package dev.skelly.health;

import org.jspecify.annotations.NullMarked;
