/**
 * The database and the broker of the jar, so that {@code java -jar skelly.jar} needs nothing else.
 *
 * <p>Owns the data folder. The embedded servers give the same guarantees as external ones: durable commits, passwords, loopback only.
 * Almost every method here blocks; its Javadoc says so.
 */
@NullMarked
package dev.skelly.embedded;

import org.jspecify.annotations.NullMarked;
