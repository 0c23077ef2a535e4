/**
 * Validates JSON against JSON Schema, with our own error messages and JSON pointers as places. Owns no table, handles no events.
 */
@NullMarked
package dev.skelly.schema;

import org.jspecify.annotations.NullMarked;
