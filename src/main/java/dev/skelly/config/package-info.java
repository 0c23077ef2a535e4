/**
 * Settings: read from flags, the environment and a file, bound to records that refuse to exist when wrong, every fault told at once.
 */
@NullMarked
package dev.skelly.config;

import org.jspecify.annotations.NullMarked;
