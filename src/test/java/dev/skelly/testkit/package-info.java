/**
 * Runs features in tests: over a real database, with an in-memory bus, without a node. The artefact {@code testkit} for features of other jars, which
 * the product's own tests use, too; it needs no test library.
 */
@NullMarked
package dev.skelly.testkit;

import org.jspecify.annotations.NullMarked;
