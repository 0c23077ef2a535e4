/**
 * The events that pages send about the use of their interface: the {@code ui.*} types.
 *
 * <p>Owns no table; its types are declared in {@code events/tracking.yaml}. Handles no events.
 */
@NullMarked
package dev.skelly.features.tracking;

import org.jspecify.annotations.NullMarked;
