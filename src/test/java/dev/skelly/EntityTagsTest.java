package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.access.FeatureLines;
import dev.skelly.feature.Access;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be read and changed carries a strong {@code ETag}, and whoever changes it says which version; {@code EntityTagsIT} shows it. */
class EntityTagsTest {

    private static final List<Route> ROUTES = EveryRoute.read();

    private static final Map<String, String> WITHOUT = FeatureLines.read().values("unversioned");

    /* PUT, PATCH and DELETE change what is at their path; POST to a verb below a thing changes the thing. */
    private static boolean changing(Route route) {
        return Set.of("PUT", "PATCH", "DELETE").contains(route.method())
                || (route.method().equals("POST") && route.path().matches(".*}/[^{}]+"));
    }

    private static List<String> faults(List<Route> routes) {
        var faults = new ArrayList<String>();
        routes.stream().filter(EntityTagsTest::changing).forEach(route -> {
            var name = EveryRoute.name(route);
            var tagged = matching(route) && tagged(routes, resource(route));
            if (!tagged && !WITHOUT.containsKey(name)) {
                faults.add(
                        name + " changes " + resource(route)
                                + ": its GET has to answer with an ETag, and it has to be Route.matching; or its feature's lines say why not");
            }
            if (tagged && WITHOUT.containsKey(name)) {
                faults.add(name + " is no exception any more");
            }
        });
        WITHOUT.keySet().stream()
                .filter(name -> routes.stream().map(EveryRoute::name).noneMatch(name::equals))
                .forEach(name -> faults.add(name + " is an exception, but no route"));
        return faults;
    }

    private static String resource(Route route) {
        return route.method().equals("POST") ? route.path().replaceFirst("/[^/]+$", "") : route.path();
    }

    private static boolean matching(Route route) {
        return route.about().parameters().stream()
                .anyMatch(parameter -> parameter.place() == Parameter.Place.HEADER
                        && parameter.name().equals("If-Match"));
    }

    private static boolean tagged(List<Route> routes, String path) {
        return routes.stream()
                .filter(route -> route.method().equals("GET") && route.path().equals(path))
                .flatMap(route -> route.about().answers().stream())
                .flatMap(answer -> answer.headers().stream())
                .map(ResponseDescription.Header::name)
                .anyMatch("ETag"::equals);
    }

    @Test
    void everythingThatChangesIsTagged() {
        assertThat(faults(ROUTES)).isEmpty();
    }

    @Test
    void findsAVerbThatChangesWhatHasNoTag() {
        var planted = Stream.concat(
                        ROUTES.stream(),
                        Stream.of(
                                Route.mounted("GET", "/api/lamps/{id}", Access.ANYONE, "A lamp"),
                                Route.mounted("POST", "/api/lamps/{id}/light", Access.ANYONE, "Light it"),
                                Route.mounted("PUT", "/api/lamps/{id}", Access.ANYONE, "Change it")
                                        .matching(true)))
                .toList();

        assertThat(faults(planted))
                .hasSize(2)
                .allMatch(fault -> fault.contains(" changes /api/lamps/{id}: its GET has to answer with an ETag"));
    }
}
