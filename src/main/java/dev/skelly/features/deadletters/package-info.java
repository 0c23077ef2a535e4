/** Dead letters for administrators: list, retry, discard. */
@NullMarked
package dev.skelly.features.deadletters;

import org.jspecify.annotations.NullMarked;
