package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UsersIT extends WithAccountsFixture {

    @Test
    void aPersonSeesTheirOwnAccountAndNoHash() {
        // When
        var reply = await(house.features.call("GET", "/api/me", request("")));

        // Then
        assertThat(house.features.body(reply))
                .containsOnlyKeys("id", "email", "roles", "verified", "disabled", "createdAt", "version")
                .containsEntry("email", "ada@example.org")
                .containsEntry("createdAt", "2026-11-23T12:00:00Z");
        assertThat(reply.headers()).contains(Map.entry("ETag", "\"1\""));
    }

    @Test
    void aNameIsSetAndRemoved() {
        // When
        var named = await(patch("{\"name\":\" Ada \"}", "\"1\""));
        var nameless = await(patch("{\"name\":null}", "\"2\""));

        // Then
        assertThat(house.features.body(named)).containsEntry("name", "Ada");
        assertThat(house.features.body(nameless)).doesNotContainKey("name").containsEntry("version", 3);
        assertThat(house.features.events(account)).containsExactly("user.registered", "user.updated", "user.updated");
        assertThat(house.features.texts("select data::text from event")).noneMatch(data -> data.contains("Ada"));
    }

    @Test
    void aPatchWithoutFieldsChangesNothing() {
        // When
        var reply = await(patch("{}", "*"));

        // Then
        assertThat(reply.headers()).contains(Map.entry("ETag", "\"1\""));
        assertThat(house.features.events(account)).containsExactly("user.registered");
    }

    @Test
    void aPatchHasToSayWhatItExpects() {
        assertThat(refusal(house.features.call("PATCH", "/api/me", request("{\"name\":\"Ada\"}")))
                        .kind())
                .isEqualTo(Problem.Kind.PRECONDITION_REQUIRED);
        assertThat(refusal(patch("{\"name\":\"Ada\"}", "\"2\"")).kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(house.features.events(account)).containsExactly("user.registered");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThat(refusal(patch("{\"name\":\"  \"}", "*")).kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(refusal(patch("{\"name\":\"a\\nb\"}", "*")).kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(refusal(patch("{\"name\":\"a\\u0000b\"}", "*")).kind()).isEqualTo(Problem.Kind.INVALID);
    }

    @Test
    void anotherPersonsAccountIsForAdministrators() {
        // Given
        var eve = house.register("eve@example.org");
        var admin = new Principal(eve, new UUID(9, 9), Set.of("user", "admin"), 0, house.clock.instant());

        // Then
        assertThat(await(user(house.principal(account), account.toString())).status())
                .isEqualTo(200);
        assertThat(refusal(user(house.principal(eve), account.toString())).kind())
                .isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(await(user(admin, account.toString())).status()).isEqualTo(200);
        assertThat(refusal(user(admin, new UUID(1, 1).toString())).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(refusal(user(admin, "1-1-1-1-1")).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
    }

    private Future<Response> user(Principal caller, String id) {
        return house.features.call(
                "GET", "/api/users/{id}", TestRequest.of("").by(caller).at("id", id));
    }

    @Test
    void pagesHoldEveryAccountOnceNewestFirst() {
        // Given
        var expected = new ArrayList<UUID>(List.of(account));
        for (var n = 0; n < 6; n++) {
            expected.add(0, house.register("person" + n + "@example.org"));
        }

        // When
        var seen = new ArrayList<UUID>();
        var query = UserPage.query(Optional.empty(), Optional.of("3"));
        var page = page(query);
        seen.addAll(ids(page));
        while (page.nextCursor() != null) {
            page = page(UserPage.query(Optional.of(page.nextCursor()), Optional.of("3")));
            seen.addAll(ids(page));
        }

        // Then
        assertThat(seen).isEqualTo(expected);
    }

    private UserPage page(ListUsers query) {
        return (UserPage) Objects.requireNonNull(UserPage.reply(await(house.features.query(query)), query.limit())
                .body());
    }

    private static List<UUID> ids(UserPage page) {
        return page.items().stream().map(UserView::id).toList();
    }

    @Test
    void aWrongPageIsRefusedWithAllFaults() {
        // When
        var problem = catchThrowableOfType(Problem.class, () -> UserPage.query(Optional.of("'--"), Optional.of("201")));

        // Then
        assertThat(problem.faults()).hasSize(2);
    }

    private Future<Response> patch(String body, String tag) {
        return house.features.call("PATCH", "/api/me", request(body).with("If-Match", tag));
    }

    private TestRequest request(String body) {
        return TestRequest.of(body).by(house.principal(account));
    }
}
