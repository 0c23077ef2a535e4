/**
 * Calls of the whole API, made up from what it says of itself in {@code /openapi.json}: sequences in which what one answer gives another
 * call takes, nearly right, wrong, and very wrong; each answer is held against the same description.
 */
@org.jspecify.annotations.NullMarked
package dev.skelly.fuzz;
