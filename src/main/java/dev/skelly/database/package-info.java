/**
 * The connection to PostgreSQL: its address, its settings, bounded pools, and the check that it keeps what it acknowledges.
 */
@NullMarked
package dev.skelly.database;

import org.jspecify.annotations.NullMarked;
