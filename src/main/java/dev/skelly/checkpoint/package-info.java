/**
 * The log can be proved: its chain's head is kept outside the database, day by day, and held against the log when somebody asks.
 */
@NullMarked
package dev.skelly.checkpoint;

import org.jspecify.annotations.NullMarked;
