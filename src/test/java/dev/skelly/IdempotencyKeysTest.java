package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.access.FeatureLines;
import dev.skelly.feature.Access;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each POST honours {@code Idempotency-Key}, or its feature's lines say why a repeat does no harm; {@code IdempotencyIT} shows how. */
class IdempotencyKeysTest {

    private static final List<Route> ROUTES = EveryRoute.read();

    private static final Map<String, String> WITHOUT = FeatureLines.read().values("unkeyed");

    private static List<String> faults(List<Route> routes) {
        var faults = new ArrayList<String>();
        routes.stream().filter(route -> route.method().equals("POST")).forEach(route -> {
            var name = EveryRoute.name(route);
            if (route.options().idempotent() == WITHOUT.containsKey(name)) {
                faults.add(name + " has to be Route.creating or have an unkeyed line of its feature, one of the two");
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
                        "POST /api/lamps has to be Route.creating or have an unkeyed line of its feature, one of the two");
    }
}
