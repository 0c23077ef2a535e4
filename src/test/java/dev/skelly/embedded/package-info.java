/** Tests of the database and the broker that come with the jar. */
@NullMarked
package dev.skelly.embedded;

import org.jspecify.annotations.NullMarked;
