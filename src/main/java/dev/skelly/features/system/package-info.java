/**
 * What administrators see of the running system: its rates ({@code system.metrics}), failing parts ({@code system.health-changed}) and errors
 * ({@code system.error}).
 *
 * <p>Each node reports its figures, the parts that changed and its errors by a command; the leader of the relay turns the newest reports into one
 * event for the cluster. Owns the tables {@code system_node} and {@code system_metrics}; counts rows of {@code inbox} and {@code dead_letter}.
 * Invariants:
 *
 * <ul>
 *   <li>An idle system writes no metrics: the metrics in the log are at most as many as intervals in which something happened, and their data is
 *       deleted after a day (decision note 0386).
 *   <li>A node reports one row at each interval, however often it fails; its errors are counted by place in the code, and their number is bounded.
 *   <li>No event contains the text of a log line or of an exception, because it may hold a secret.
 * </ul>
 */
@NullMarked
package dev.skelly.features.system;

import org.jspecify.annotations.NullMarked;
