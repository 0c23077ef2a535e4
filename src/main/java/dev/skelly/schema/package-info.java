/**
 * JSON held against JSON Schema, with the faults in our words and places as JSON pointers. Owns nothing, listens to nothing.
 */
@NullMarked
package dev.skelly.schema;

import org.jspecify.annotations.NullMarked;
