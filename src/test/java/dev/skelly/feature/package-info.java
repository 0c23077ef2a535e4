/** Tests of the contract between features and the rest of the program. */
@NullMarked
package dev.skelly.feature;

import org.jspecify.annotations.NullMarked;
