/**
 * How much happened.
 *
 * <p>Owns the table {@code event_count}. Writes no facts. Listens to every event but {@code ui.*}, of which there are too many, and counts it by day
 * and type; administrators read the counts.
 */
@NullMarked
package dev.skelly.features.analytics;

import org.jspecify.annotations.NullMarked;
