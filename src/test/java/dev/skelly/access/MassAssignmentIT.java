package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that callers would like to set, in the body of every route that writes (security test E-04): refused by name, or without effect. */
class MassAssignmentIT extends OnScene {

    private static final int REFUSED = 400;
    private static final int INVALID = 422;

    private static final List<String> WISHES = List.of(
            "role",
            "roles",
            "admin",
            "id",
            "userId",
            "tenant_id",
            "version",
            "createdBy",
            "created_by",
            "createdAt",
            "verified",
            "disabled",
            "balance",
            "actor",
            "position",
            "passwordHash",
            "__proto__",
            "constructor");

    private static final Set<String> FREE =
            FeatureLines.read().values("anything").keySet();

    private static final String RIGHTS = """
            select coalesce(string_agg(concat(id, email, roles, disabled, verified_at, version), ',' order by id), '')
            from account where id in ('%s', '%s')
            """;

    private static final String OWN = """
            {"type":"ui.clicked","data":{"element":"stolen"},"%s":"00000000-0000-7000-8000-000000000001"}
            """;

    private static final String CLOUD = """
            {"specversion":"1.0","source":"/x","id":"%s","type":"ui.clicked","data":{"element":"stolen"},
             "%s":"00000000-0000-7000-8000-000000000001"}
            """;

    /* What was emitted here, and is said to be somebody else's doing. */
    private static final String FOREIGN = """
            select count(*) from event
            where data::text like '%stolen%'
              and (actor is distinct from $1 or correlation = '00000000-0000-7000-8000-000000000001'
                or causation = '00000000-0000-7000-8000-000000000001' or time < now() - interval '1 hour')
              and time > coalesce((select max(created_at) from account where id = $1), now())
            """;

    static Stream<DescribedRoute> takingJson() {
        return writing().filter(route -> !route.body().isMissingNode());
    }

    static Stream<DescribedRoute> takingNothing() {
        return writing().filter(route -> route.body().isMissingNode());
    }

    private static Stream<DescribedRoute> writing() {
        return DescribedRoute.of(scene.node()).stream().filter(DescribedRoute::writing);
    }

    private static String rights(Example example) {
        return scene.text(RIGHTS.formatted(example.owner().id(), example.asker().id()));
    }

    private static ObjectNode wishes(DescribedRoute route) {
        var wishes = (ObjectNode) scene.node().read("{}");
        WISHES.stream()
                .filter(wish -> !route.body().path("properties").has(wish))
                .forEach(wish -> wishes.put(wish, "admin"));
        return wishes;
    }

    @ParameterizedTest
    @MethodSource("takingJson")
    void namesEachFieldThatIsNotTheCallersToSet(DescribedRoute route) {
        // Given
        var example = Example.of(scene, route);
        var before = rights(example);
        var wishes = wishes(route);
        var body = (ObjectNode) scene.node().read(example.body().isEmpty() ? "{}" : example.body());
        body.setAll(wishes);

        // When
        var answer = example.send(body.toString());

        // Then
        assertThat(rights(example)).isEqualTo(before);
        if (FREE.contains(route.name())) {
            assertThat(answer.status()).isLessThan(REFUSED);
            return;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(INVALID);
        var named = new TreeSet<String>();
        scene.node()
                .read(answer.body())
                .path("errors")
                .forEach(fault -> named.add(fault.path("pointer").asText().replace("#/", "")));
        var asked = new ArrayList<String>();
        wishes.fieldNames().forEachRemaining(asked::add);
        assertThat(named).containsAll(asked);
    }

    @ParameterizedTest
    @MethodSource("takingNothing")
    void passesOverABodyWhereNoneIsTaken(DescribedRoute route) {
        var example = Example.of(scene, route);
        var roles = "select roles::text from account where id = '"
                + example.asker().id() + "' union all select '-' limit 1";
        var before = scene.text(roles);

        var answer = example.send(wishes(route).toString());

        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        assertThat(scene.text(roles)).isIn(before, "-");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void stampsWhoActsOnEventsInEveryForm(String type, String body) {
        var person = scene.person();

        var answer = scene.call("POST", "/api/events", person.token(), body, Map.of("Content-Type", type));

        assertThat(answer.status()).as(answer.body()).isIn(202, INVALID);
        assertThat(scene.number(FOREIGN, person.id())).isZero();
    }

    static Stream<Arguments> forms() {
        return Stream.of("actor", "position", "seq", "time", "correlationid", "causationid", "subjectversion")
                .flatMap(wish -> {
                    var own = OWN.formatted(wish);
                    var cloud = CLOUD.formatted(UUID.randomUUID(), wish);
                    return Stream.of(
                            Arguments.of("application/json", own),
                            Arguments.of("application/json", "{\"items\":[" + own + "]}"),
                            Arguments.of("application/cloudevents+json", cloud),
                            Arguments.of("application/cloudevents-batch+json", "[" + cloud + "]"));
                });
    }
}
