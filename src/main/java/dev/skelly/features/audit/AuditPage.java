package dev.skelly.features.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log.
 *
 * @param items newest first
 * @param nextCursor for the next page, with older entries; null on the last one
 */
record AuditPage(List<RecordedAuditEntry> items, @Nullable String nextCursor) {

    /** Creates a page from up to one row more than fits on it. */
    static AuditPage of(List<RecordedAuditEntry> found, int limit) {
        return found.size() <= limit
                ? new AuditPage(found, null)
                : new AuditPage(
                        found.subList(0, limit), found.get(limit - 1).id().toString());
    }
}
