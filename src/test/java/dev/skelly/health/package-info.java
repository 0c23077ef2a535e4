/** Tests of health and metrics over real sockets. */
@NullMarked
package dev.skelly.health;

import org.jspecify.annotations.NullMarked;
