package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.Access;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each POST honours {@code Idempotency-Key}, or a reason stands here why a repeat does no harm; {@code IdempotencyIT} shows how. */
class IdempotencyKeysTest {

    private static final List<Route> ROUTES = EveryRoute.read();

    private static final String SECRET = "answers with a secret that has a life of its own (note 0090)";
    private static final String ONCE = "what it asks for is done once, however often it is asked";
    private static final String LETTER = "sends a letter at most, as often as the letters of an address are limited to";
    private static final String VERSION = "If-Match lets it be done once";

    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("POST /api/auth/login", SECRET),
            Map.entry("POST /api/auth/refresh", SECRET),
            Map.entry("POST /api/stream/tickets", SECRET),
            Map.entry("POST /api/auth/logout", ONCE),
            Map.entry("POST /api/auth/verify-email", ONCE),
            Map.entry("POST /api/auth/confirm-email", ONCE),
            Map.entry("POST /api/auth/password/reset", ONCE),
            Map.entry("POST /api/auth/password/forgot", LETTER),
            Map.entry("POST /api/auth/verify-email/resend", LETTER),
            Map.entry("POST /api/admin/dead-letters/{id}/retry", VERSION),
            Map.entry("POST /api/admin/dead-letters/{id}/discard", VERSION));

    private static List<String> faults(List<Route> routes) {
        var faults = new ArrayList<String>();
        routes.stream().filter(route -> route.method().equals("POST")).forEach(route -> {
            var name = EveryRoute.name(route);
            if (route.options().idempotent() == WITHOUT.containsKey(name)) {
                faults.add(name + " has to be Route.creating or an exception with a reason, one of the two");
            }
        });
        WITHOUT.keySet().stream()
                .filter(name -> routes.stream().map(EveryRoute::name).noneMatch(name::equals))
                .forEach(name -> faults.add(name + " is an exception, but no route"));
        return faults;
    }

    @Test
    void everyPostCanBeRepeated() {
        assertThat(faults(ROUTES)).isEmpty();
    }

    @Test
    void findsOneThatCannot() {
        var planted = Stream.concat(
                        ROUTES.stream(), Stream.of(Route.mounted("POST", "/api/lamps", Access.ANYONE, "Buy a lamp")))
                .toList();

        assertThat(faults(planted))
                .containsExactly(
                        "POST /api/lamps has to be Route.creating or an exception with a reason, one of the two");
    }
}
