/**
 * The contract between features and the rest of the program: the types that a feature declares and the types that it receives.
 *
 * <p>Features import this package, the events and the log's {@link dev.skelly.eventlog.Tx}; the other packages import this one and never a
 * feature.
 */
@NullMarked
package dev.skelly.feature;

import org.jspecify.annotations.NullMarked;
