package dev.skelly.features.accounts;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of accounts for administrators.
 *
 * @param nextCursor for the next page; null on the last one
 */
record UserPage(List<UserView> items, @Nullable String nextCursor) {

    static final int LIMIT_MAX = 200;
    static final int LIMIT_DEFAULT = 50;
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");

    /**
     * Parses the parameters of a request.
     *
     * @throws Problem with all errors
     */
    static ListUsers query(Optional<String> cursor, Optional<String> limit) {
        var faults = new ArrayList<FieldError>();
        if (cursor.filter(text -> !CURSOR.matcher(text).matches()).isPresent()) {
            faults.add(new FieldError("cursor", "format", "must be the nextCursor of a page"));
        }
        var rows = limit.map(UserPage::limit).orElse(LIMIT_DEFAULT);
        if (rows > LIMIT_MAX) {
            faults.add(new FieldError("limit", "range", "must be a number from 1 to " + LIMIT_MAX));
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        return new ListUsers(cursor.map(UserPage::decode).orElse(null), rows);
    }

    private static int limit(String text) {
        return LIMIT.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    private static UUID decode(String cursor) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static String encode(UUID id) {
        var bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Returns 200, with a link to the next page if one exists. */
    static Response reply(ListUsers.FoundUsers answer, int limit) {
        if (!answer.more()) {
            return Response.ok(new UserPage(answer.items(), null));
        }
        var next = encode(answer.items().get(answer.items().size() - 1).id());
        return Response.ok(new UserPage(answer.items(), next))
                .header("Link", "</api/users?limit=" + limit + "&cursor=" + next + ">; rel=\"next\"");
    }
}
