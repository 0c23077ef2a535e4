/** Erasure and retention: the journal of erased accounts, the destruction of their keys, the removal of data after its retention. */
@NullMarked
package dev.skelly.features.privacy;

import org.jspecify.annotations.NullMarked;
