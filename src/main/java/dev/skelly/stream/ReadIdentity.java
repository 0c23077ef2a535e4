package dev.skelly.stream;

import dev.skelly.eventlog.LogIdentity;
import dev.skelly.feature.Query;

/** Which log this is, and the key of its cursors. */
record ReadIdentity() implements Query<LogIdentity> {}
