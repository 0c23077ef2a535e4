package dev.skelly.stream;

import dev.skelly.feature.Query;
import dev.skelly.log.LogIdentity;

/** Which log this is, and the key of its cursors. */
record ReadIdentity() implements Query<LogIdentity> {}
