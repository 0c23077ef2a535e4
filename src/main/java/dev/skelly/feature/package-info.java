/**
 * The contract between a feature and the machinery: what a feature declares, and what it is handed.
 *
 * <p>Features import this, the events and the log's {@link dev.skelly.eventlog.Tx}; the machinery imports this and never a feature.
 */
@NullMarked
package dev.skelly.feature;

import org.jspecify.annotations.NullMarked;
