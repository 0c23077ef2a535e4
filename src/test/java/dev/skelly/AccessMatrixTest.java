package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.access.AccessMatrix;
import dev.skelly.feature.Access;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every route of the program has a line in the access matrix (security test E-01); {@code AccessMatrixIT} shows that it is true. */
class AccessMatrixTest {

    private static final List<String> ROUTES =
            EveryRoute.read().stream().map(EveryRoute::name).toList();

    @Test
    void hasALineForEachRouteAndNoOther() {
        assertThat(AccessMatrix.read().gaps(ROUTES)).isEmpty();
    }

    @Test
    void findsARouteWithoutALine() {
        var planted = new ArrayList<>(ROUTES);
        planted.add(EveryRoute.name(Route.mounted("POST", "/api/planted/{id}", Access.ANYONE, "Nobody thought of it")));

        assertThat(AccessMatrix.read().gaps(planted))
                .hasSize(2)
                .anySatisfy(gap -> assertThat(gap).startsWith("POST /api/planted/{id} has no line"))
                .anySatisfy(gap -> assertThat(gap).startsWith("/api/planted/{id} has no line"));
    }

    @Test
    void findsALineWithoutARoute() {
        var fewer = new ArrayList<>(ROUTES);
        assertThat(fewer.remove("GET /api/users/{id}")).isTrue();

        assertThat(AccessMatrix.read().gaps(fewer))
                .containsExactly("access/accounts.txt: route GET /api/users/{id} is no route");
    }
}
