/** Reads events for projections and applies them: inside the transaction that appends them, and to copies of their tables. */
@NullMarked
package dev.skelly.projection;

import org.jspecify.annotations.NullMarked;
