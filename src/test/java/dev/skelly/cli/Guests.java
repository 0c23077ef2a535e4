package dev.skelly.cli;

import dev.skelly.feature.UserAdmin;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Some people without a database; writes down what is done to them. */
record Guests(List<String> asked) implements UserAdmin {

    /** More than two pages. */
    static final int ALL = 401;

    private static Map<String, Object> guest(long number) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", new UUID(0, number).toString());
        fields.put("email", "guest" + number + "@example.org");
        fields.put("roles", List.of("user"));
        fields.put("verified", false);
        fields.put("disabled", false);
        return fields;
    }

    @Override
    public Future<UUID> create(String email, String password, boolean admin) {
        asked.add(email + " " + password + " " + admin);
        return Future.succeededFuture(new UUID(0, 1));
    }

    @Override
    public Future<List<Map<String, Object>>> list(@Nullable UUID before, int limit) {
        var first = before == null ? ALL : before.getLeastSignificantBits() - 1;
        return Future.succeededFuture(LongStream.iterate(first, number -> number > 0, number -> number - 1)
                .limit(limit)
                .mapToObj(Guests::guest)
                .toList());
    }

    @Override
    public Future<Map<String, Object>> find(String who) {
        return Future.succeededFuture(guest(1));
    }

    @Override
    public Future<Map<String, Object>> disable(String who, boolean disabled) {
        return Future.failedFuture("not asked for");
    }

    @Override
    public Future<Map<String, Object>> changeRoles(String who, List<String> given, List<String> taken) {
        return Future.failedFuture("not asked for");
    }

    @Override
    public Future<String> resetLink(String who) {
        return Future.succeededFuture("/#reset-password=secret");
    }

    @Override
    public Future<Void> erase(String who) {
        asked.add("erase " + who);
        return Future.succeededFuture();
    }

    @Override
    public Future<Token> token(String who, @Nullable Duration life) {
        asked.add("token " + life);
        return Future.succeededFuture(new Token("a.b.c", new UUID(0, 9), Instant.EPOCH));
    }
}
