/**
 * Whether this node lives, is ready and came up; what it measures.
 *
 * <p>Parts contribute {@link dev.skelly.health.Check}s. Owns no table.
 */
@NullMarked
package dev.skelly.health;

import org.jspecify.annotations.NullMarked;
