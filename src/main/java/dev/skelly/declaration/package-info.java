/**
 * Event types and topics declared in YAML, in {@code conf/events/} or in a feature's own file in the jar.
 *
 * <p>A declaration is read completely or not at all: all errors of all files are reported together, each with its file and a pointer, and
 * nothing starts with an invalid one. Owns no table, handles no events.
 */
@NullMarked
package dev.skelly.declaration;

import org.jspecify.annotations.NullMarked;
