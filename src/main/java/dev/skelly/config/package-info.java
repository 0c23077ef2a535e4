/**
 * Settings from flags, the environment and a file. They are bound to records that validate themselves, and all errors are reported together.
 */
@NullMarked
package dev.skelly.config;

import org.jspecify.annotations.NullMarked;
