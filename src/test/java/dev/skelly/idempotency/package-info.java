/** Tests of the idempotencys. */
@NullMarked
package dev.skelly.idempotency;

import org.jspecify.annotations.NullMarked;
