package dev.skelly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller may ask for at once, for every route (security test E-23). Of rates and streams tell the tests of {@code http} and {@code stream}. */
class LimitsIT extends OnScene {

    private static final int BODY_BYTES_MAX = 1024 * 1024;
    private static final int TERMS_MAX = 128;
    private static final int TOO_LARGE = 413;

    private static Stream<DescribedRoute> routes() {
        return DescribedRoute.of(scene.node()).stream();
    }

    static Stream<DescribedRoute> takingJson() {
        return routes().filter(route -> !route.body().isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("takingJson")
    void readsNoBodyThatIsTooLong(DescribedRoute route) {
        var answer = Example.of(scene, route).send("{\"more\":\"" + "a".repeat(BODY_BYTES_MAX) + "\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(TOO_LARGE);
        assertThat(answer.body()).contains("\"code\":\"body-too-large\"");
    }

    static Stream<DescribedRoute> lists() {
        return routes().filter(route -> route.parameters("query").contains("limit"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void showsNoPageThatIsTooLong(DescribedRoute route) {
        var example = Example.of(scene, route);
        assertThat(example.send(example.path() + "?limit=200", "", Map.of()).status())
                .isEqualTo(200);
        for (var limit :
                List.of("201", "0", "-1", "1000000000000", "00000000000000000001", "", "1e2", "1.5", "%D9%A3", "all")) {
            var answer = example.send(example.path() + "?limit=" + limit, "", Map.of());

            assertThat(answer.status()).as(limit + " " + answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("\"pointer\":\"limit\"");
        }
    }

    static Stream<DescribedRoute> asking() {
        return routes().filter(route -> !route.parameters("query").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("asking")
    void readsNoParameterThatIsLongerThanDescribed(DescribedRoute route) {
        var example = Example.of(scene, route);
        var taken = new ArrayList<String>();
        for (var name : route.parameters("query")) {
            var text = "a".repeat(route.charactersMax(name) + 1);
            var answer = example.send(example.path() + "?" + name + "=" + text, "", Map.of());
            if (answer.status() < 400 || answer.status() >= 500) {
                taken.add(name + ": " + answer.status());
            }
        }
        assertThat(taken).isEmpty();
    }

    static Stream<DescribedRoute> filtering() {
        return asking().filter(route -> !Stream.concat(terms(route, "type"), terms(route, "channels"))
                .toList()
                .isEmpty());
    }

    private static Stream<String> terms(DescribedRoute route, String name) {
        return route.parameters("query").stream().filter(parameter -> parameter.startsWith(name));
    }

    @ParameterizedTest
    @MethodSource("filtering")
    void filtersByNoMoreThanSoManyTerms(DescribedRoute route) {
        var example = Example.of(scene, route);
        Stream.concat(terms(route, "type"), terms(route, "channels")).forEach(name -> {
            var most = example.send(example.path() + "?" + name + "=" + terms(name, TERMS_MAX), "", Map.of());
            assertThat(most.status() < 400 || most.body().contains("\"unknown-type\""))
                    .as(name + ": " + most.body())
                    .isTrue();
            var answer = example.send(example.path() + "?" + name + "=" + terms(name, TERMS_MAX + 1), "", Map.of());
            assertThat(answer.status()).as(answer.body()).isIn(400, 422);
            assertThat(answer.body()).contains("\"pointer\":\"" + name + "\"");
        });
    }

    /* Channels are told apart before they are counted; everybody may read but two of them. */
    private static String terms(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> name.equals("channels") ? "topic:feedback/" + number : "t.n" + number)
                .collect(Collectors.joining(","));
    }

    @Test
    void takesNoBatchWithTooManyEvents() {
        var person = scene.of(Caller.OWNER);
        var event = "{\"type\":\"ui.clicked\",\"data\":{\"element\":\"x\"}}";
        var batch = "{\"items\":[" + String.join(",", Collections.nCopies(501, event)) + "]}";

        var answer = scene.call("POST", "/api/events", person.token(), batch, Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"pointer\":\"#/items\"");
    }
}
