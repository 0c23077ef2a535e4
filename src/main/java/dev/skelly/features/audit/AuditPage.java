package dev.skelly.features.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the audit.
 *
 * @param items newest first
 * @param nextCursor for the page after it, with older acts; null on the last one
 */
record AuditPage(List<RecordedAuditEntry> items, @Nullable String nextCursor) {

    /** Of up to one row more than fit on it. */
    static AuditPage of(List<RecordedAuditEntry> found, int limit) {
        return found.size() <= limit
                ? new AuditPage(found, null)
                : new AuditPage(
                        found.subList(0, limit), found.get(limit - 1).id().toString());
    }
}
