package dev.skelly.features.audit;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Ids;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Query;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import dev.skelly.ratelimit.ClientNetwork;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists audit entries. Null fields do not filter.
 *
 * @param act an act, or a pattern such as {@code user.*}
 * @param since inclusive
 * @param until exclusive
 * @param before only entries recorded before this one; null starts at the newest
 * @param limit the maximum number
 */
record ListAuditEntries(
        @Nullable String act,
        @Nullable UUID actor,
        @Nullable String target,
        @Nullable String address,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable UUID before,
        int limit)
        implements Query<AuditPage> {

    private static final Pattern ACT = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");

    /**
     * Parses the parameters of a request.
     *
     * @throws Problem with all errors
     */
    static ListAuditEntries of(Request request) {
        var reader = new QueryParameters(request);
        var actor = reader.value("actor", "an account's id, or operator", ListAuditEntries::actor);
        var address =
                reader.value("address", "up to " + Parameter.TEXT_CHARS_MAX + " characters", ClientNetwork::address);
        var query = new ListAuditEntries(
                reader.value("act", "an act, whole or ending in .*", text -> matching(ACT, text)),
                actor == null ? null : Ids.read(actor).orElse(null),
                reader.value("target", "kind:id, up to " + Parameter.TEXT_CHARS_MAX + " characters", text -> text),
                RecordedAuditEntry.OPERATOR.equals(actor) ? CommandContext.COMMAND_LINE : address,
                reader.time("since"),
                reader.time("until"),
                reader.id("cursor", "the nextCursor of an earlier response"),
                reader.limit());
        reader.check();
        return query;
    }

    private static @Nullable String actor(String text) {
        return text.equals(RecordedAuditEntry.OPERATOR) || Ids.read(text).isPresent() ? text : null;
    }

    private static @Nullable String matching(Pattern form, String text) {
        return form.matcher(text).matches() ? text : null;
    }
}
