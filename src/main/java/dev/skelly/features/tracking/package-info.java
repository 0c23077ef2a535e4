/**
 * What people do on a page, as the page tells it: the {@code ui.*} types.
 *
 * <p>Owns no table; its types are declared in {@code events/tracking.yaml}. Listens to nothing.
 */
@NullMarked
package dev.skelly.features.tracking;

import org.jspecify.annotations.NullMarked;
