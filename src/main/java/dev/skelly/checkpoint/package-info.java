/** Makes changes of the log detectable: the chain's head is stored outside the database every day and compared with the log on request. */
@NullMarked
package dev.skelly.checkpoint;

import org.jspecify.annotations.NullMarked;
