/** Tests of sandboxes. */
@NullMarked
package dev.skelly.sandbox;

import org.jspecify.annotations.NullMarked;
