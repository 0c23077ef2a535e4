/** Dead letters as administrators see and mend them: list, retry, discard. */
@NullMarked
package dev.skelly.features.deadletters;

import org.jspecify.annotations.NullMarked;
