package dev.skelly.stream;

import dev.skelly.eventlog.LogIdentity;
import dev.skelly.feature.Query;

/** Reads the log's identity and the key of its cursors. */
record ReadIdentity() implements Query<LogIdentity> {}
