/**
 * Event types and topics that are declared in YAML, in {@code conf/events/} or in a feature's own file in the jar.
 *
 * <p>A declaration is read whole or not at all: every fault of every file is told together, each with its file and a pointer, and nothing
 * starts over a wrong one. Owns no table, listens to nothing.
 */
@NullMarked
package dev.skelly.declaration;

import org.jspecify.annotations.NullMarked;
