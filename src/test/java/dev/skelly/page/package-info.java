/** The page at {@code /} in a real browser. */
@NullMarked
package dev.skelly.page;

import org.jspecify.annotations.NullMarked;
