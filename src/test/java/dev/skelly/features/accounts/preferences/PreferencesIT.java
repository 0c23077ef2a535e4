package dev.skelly.features.accounts.preferences;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.WithAccountsFixture;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreferencesIT extends WithAccountsFixture {

    private static final String PATH = "/api/me/preferences";

    @Test
    void beforeTheFirstThereIsAnEmptyObject() {
        // When
        var reply = get();

        // Then
        assertThat(reply.body()).isNotNull();
        assertThat(house.features.body(reply)).isEmpty();
        assertThat(reply.headers()).contains(Map.entry("ETag", "\"0\""));
    }

    @Test
    void whatIsPutIsWhatIsGot() {
        // When
        var changed = await(put(request("{\"theme\":\"dark\",\"panes\":[1,2.5,null,{\"a\":true}]}")));

        // Then
        assertThat(house.features.body(changed)).containsOnlyKeys("position");
        assertThat(house.features.body(get())).containsEntry("theme", "dark").containsKey("panes");
        assertThat(house.features.events(account)).containsExactly("user.registered", "user.preferences-changed");
    }

    @Test
    void aStaleTagChangesNothing() {
        // Given
        var first = await(put(request("{\"n\":1}").with("If-Match", "\"0\"")));
        await(put(request("{\"n\":2}").with("If-Match", "\"1\"")));

        // Then
        assertThat(first.headers()).contains(Map.entry("ETag", "\"1\""));
        for (var stale : new String[] {"\"0\"", "\"1\"", "\"3\"", "W/\"2\"", "2", ""}) {
            assertThat(refusal(put(request("{\"n\":3}").with("If-Match", stale)))
                            .kind())
                    .isEqualTo(Problem.Kind.STALE);
        }
        assertThat(house.features.body(get())).containsEntry("n", 2);
    }

    @Test
    void theFirstPreferencesCanBeRequired() {
        // When
        var first = await(put(request("{\"n\":1}").with("If-None-Match", "*")));
        var second = refusal(put(request("{\"n\":2}").with("If-None-Match", "*")));

        // Then
        assertThat(first.headers()).contains(Map.entry("ETag", "\"1\""));
        assertThat(second.kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(house.features.body(get())).containsEntry("n", 1);
    }

    @Test
    void ofManyThatExpectOneVersionOneSucceeds() {
        // When
        var answers = IntStream.range(0, 20)
                .mapToObj(n -> put(request("{\"n\":" + n + "}").with("If-Match", "\"0\"")))
                .map(answer -> answer.transform(Future::succeededFuture))
                .toList();

        // Then
        assertThat(answers.stream().filter(answer -> await(answer).succeeded())).hasSize(1);
    }

    @Test
    void manyAtOnceAreAllStoredOneAfterTheOther() {
        // When
        var answers = IntStream.range(0, 50)
                .mapToObj(n -> put(request("{\"n\":" + n + "}")))
                .toList();
        answers.forEach(answer -> await(answer));

        // Then
        assertThat(house.features.texts("select version from preferences")).containsExactly("50");
        assertThat(house.features.texts("select (data->>'version')::int from event "
                        + "where type = 'user.preferences-changed' order by subject_version"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 50).mapToObj(String::valueOf).toList());
    }

    @Test
    void theFirstPreferencesAreSetOnceAnAccount() {
        // When
        initialise();
        initialise();

        // Then
        assertThat(house.features.body(get())).containsEntry("theme", "system");
        assertThat(house.features.events(account)).containsExactly("user.registered", "user.preferences-initialised");
    }

    @Test
    void whoWasQuickerKeepsWhatTheySet() {
        // Given
        await(put(request("{\"theme\":\"dark\"}")));

        // When
        initialise();
        initialise();

        // Then
        assertThat(house.features.body(get())).containsEntry("theme", "dark");
        assertThat(house.features.events(account)).endsWith("user.preferences-changed", "user.preferences-initialised");
    }

    @Test
    void ofAnAccountThatIsGoneNothingIsKept() {
        // Given
        house.features.execute("delete from account");

        // When
        var problem = refusal(put(request("{}")));
        initialise();

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(house.features.events(account)).containsExactly("user.registered");
    }

    private void initialise() {
        await(house.features.send(new InitialisePreferences(account), CommandContext.fresh(new UUID(1, 1))));
    }

    private Response get() {
        return await(house.features.call("GET", PATH, request("")));
    }

    private Future<Response> put(TestRequest request) {
        return house.features.call("PUT", PATH, request);
    }

    private TestRequest request(String body) {
        return TestRequest.of(body).by(house.principal(account));
    }
}
