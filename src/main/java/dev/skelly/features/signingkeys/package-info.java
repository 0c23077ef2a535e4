/** The HTTP API and the command-line commands for the keys that sign access tokens: list and rotate. */
@NullMarked
package dev.skelly.features.signingkeys;

import org.jspecify.annotations.NullMarked;
