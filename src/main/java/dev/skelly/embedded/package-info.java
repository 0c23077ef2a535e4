/**
 * The database and the broker that come with the jar, so that {@code java -jar skelly.jar} needs nothing else.
 *
 * <p>Owns the data folder. What runs here keeps the same promises as an external server: durable commits, passwords, loopback only.
 * Almost everything here blocks, and says so.
 */
@NullMarked
package dev.skelly.embedded;

import org.jspecify.annotations.NullMarked;
