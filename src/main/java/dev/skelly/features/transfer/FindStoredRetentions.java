package dev.skelly.features.transfer;

import dev.skelly.feature.Query;
import java.time.Duration;
import java.util.Map;

/** Finds the limited retentions that were declared last, also of types that are declared no more. */
record FindStoredRetentions() implements Query<FindStoredRetentions.NamedRetentions> {

    /** The retention under each stored name of its type. */
    record NamedRetentions(Map<String, Duration> byName) {}
}
