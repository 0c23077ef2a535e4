package dev.skelly.features.orders;

import dev.skelly.feature.Query;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the sales by day, the newest day first.
 *
 * @param before only days before this one; null for all
 */
record ListSales(@Nullable LocalDate before, int limit) implements Query<ListSales.SalesPage> {

    /** The sales of a day (UTC), in cents. */
    record Sales(LocalDate day, long placed, long cancelled, long paidCents, long refundedCents) {

        Sales plus(Sales more) {
            return new Sales(
                    day,
                    placed + more.placed,
                    cancelled + more.cancelled,
                    paidCents + more.paidCents,
                    refundedCents + more.refundedCents);
        }
    }

    /**
     * A page.
     *
     * @param nextCursor its last day; null if it is the last page
     */
    record SalesPage(List<Sales> items, @Nullable String nextCursor) {}

    SalesPage page(List<Sales> found) {
        return found.size() <= limit
                ? new SalesPage(found, null)
                : new SalesPage(
                        found.subList(0, limit), found.get(limit - 1).day().toString());
    }
}
