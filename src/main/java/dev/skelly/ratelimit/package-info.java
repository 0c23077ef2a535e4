/** Rate limits by caller and by network, counted on each node. */
@NullMarked
package dev.skelly.ratelimit;

import org.jspecify.annotations.NullMarked;
