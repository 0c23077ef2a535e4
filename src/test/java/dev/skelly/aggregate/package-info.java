/** Tests of event-sourced state. */
@NullMarked
package dev.skelly.aggregate;

import org.jspecify.annotations.NullMarked;
