package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

/**
 * A request of one route as the access matrix has it, by somebody new who may send it, about somebody new.
 *
 * @param route what is asked
 * @param query of the matrix; empty for none
 * @param body with its words filled in; empty for none
 */
record Example(Scene scene, DescribedRoute route, String path, String query, String body, Person owner, Person asker) {

    private static final int REFUSED = 400;

    static Example of(Scene scene, DescribedRoute route) {
        var row = AccessMatrix.read().rows().stream()
                .filter(one -> one.route().equals(route.name()))
                .findFirst()
                .orElseThrow();
        var owner = scene.fresh(Caller.OWNER);
        var byAdmin = row.statuses().getOrDefault(Caller.OWNER, 0) >= REFUSED
                && row.statuses().getOrDefault(Caller.ADMIN, 0) < REFUSED;
        var asker = byAdmin ? scene.of(Caller.ADMIN) : owner;
        var path = new Things(scene).path(route.path(), owner);
        return new Example(scene, route, path, row.query(), Things.body(row.body(), asker), owner, asker);
    }

    /** Sends it as it is. */
    Scene.Answer send() {
        return send(path + query, body, Map.of());
    }

    /** Sends it with another body. */
    Scene.Answer send(String otherBody) {
        return send(path + query, otherBody, Map.of());
    }

    /** Sends it to another path, with other headers besides; a problem it meets is one that the route is described with. */
    Scene.Answer send(String otherPath, String otherBody, Map<String, String> more) {
        var headers = new HashMap<>(more);
        if (route.matching()) {
            headers.putIfAbsent("If-Match", "*");
        }
        var answer = scene.call(route.method(), otherPath, asker.token(), otherBody, headers);
        if (answer.header("content-type").startsWith("application/problem+json")) {
            assertThat(route.codes(answer.status()))
                    .as("codes of %s that are described", route)
                    .contains(scene.node().read(answer.body()).path("code").asText());
        }
        return answer;
    }
}
