/** Figures of one running jar, from load generators on raw Vert.x clients; {@code scripts/bench} runs them. Time is bounded. */
@NullMarked
package dev.skelly.bench;

import org.jspecify.annotations.NullMarked;
