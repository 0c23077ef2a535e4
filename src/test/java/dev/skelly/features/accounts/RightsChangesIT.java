package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.session.RefreshToken;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Administrators say who may what; there is always one left, and every change is told. */
final class RightsChangesIT extends WithAccountsFixture {

    private UUID root = new UUID(0, 0);

    @BeforeEach
    void makeAnAdministrator() {
        root = await(house.people().create("root@example.org", AccountsFixture.PASSWORD, true));
    }

    @Test
    void givesAndTakesARoleAndTellsIt() {
        // Given
        await(put("keeper", "{\"grants\":[\"emit:shop.*\"]}", ""));

        // When
        var given = house.features.body(await(patch(account, "{\"roles\":[\"keeper\"]}", "*")));
        var taken = house.features.body(await(patch(account, "{\"roles\":[]}", "\"2\"")));

        // Then
        assertThat(given).containsEntry("roles", List.of("keeper", "user")).containsEntry("version", 2);
        assertThat(taken).containsEntry("roles", List.of("user"));
        assertThat(house.features.events(account))
                .containsExactly("user.registered", "user.roles-changed", "user.roles-changed");
        assertThat(house.features.texts("select version from rights_version where account = '" + account + "'"))
                .containsExactly("2");
        assertThat(house.features.texts("select before->>'roles' from audit where act = 'user.roles-changed'"
                        + " and target = 'user:" + account + "' order by id"))
                .containsExactly("[\"user\"]", "[\"keeper\", \"user\"]");
    }

    @Test
    void aDisabledPersonIsSignedOutAndCannotComeBackUntilEnabled() {
        // Given
        var token = AccountsFixture.refreshToken(await(house.login(ADA, AccountsFixture.PASSWORD)));

        // When
        await(patch(account, "{\"disabled\":true}", "*"));

        // Then
        assertThat(refusal(house.login(ADA, AccountsFixture.PASSWORD)).code()).isEqualTo("wrong-credentials");
        assertThat(refusal(house.refresh(token)).code()).isEqualTo("invalid-refresh-token");
        assertThat(house.count("rights_change")).isEqualTo(2);
        await(patch(account, "{\"disabled\":false}", "*"));
        assertThat(await(house.login(ADA, AccountsFixture.PASSWORD)).status()).isEqualTo(200);
        assertThat(refusal(house.refresh(token)).code()).isEqualTo("invalid-refresh-token");
        assertThat(house.features.events(account)).contains("user.disabled", "user.logged-out", "user.enabled");
    }

    @Test
    void refusesWhatIsUnknownStaleOrUnsaidAndChangesNothing() {
        assertThat(refusal(patch(account, "{\"roles\":[\"nobody\"]}", "*")).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/roles");
        assertThat(refusal(patch(account, "{\"disabled\":true}", "\"7\"")).kind())
                .isEqualTo(Problem.Kind.STALE);
        assertThat(refusal(patch(account, "{\"disabled\":true}", "")).kind())
                .isEqualTo(Problem.Kind.PRECONDITION_REQUIRED);
        assertThat(refusal(patch(new UUID(1, 1), "{\"disabled\":true}", "*")).kind())
                .isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(house.features.events(account)).containsExactly("user.registered");
        assertThat(house.count("rights_change")).isZero();
    }

    @Test
    void theLastAdministratorStays() {
        assertThat(refusal(patch(root, "{\"roles\":[]}", "*")).code()).isEqualTo("last-administrator");
        assertThat(refusal(patch(root, "{\"disabled\":true}", "*")).code()).isEqualTo("last-administrator");

        // Given
        await(patch(account, "{\"roles\":[\"admin\"]}", "*"));

        // When
        var both = List.of(patch(root, "{\"roles\":[]}", "*"), patch(account, "{\"disabled\":true}", "*"));
        await(Future.join(both).otherwiseEmpty());

        // Then
        assertThat(both.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(house.features.texts("select count(*) from account where 'admin' = any (roles) and not disabled"))
                .containsExactly("1");
    }

    @Test
    void theLastAdministratorIsNotErasedEither() {
        // Given
        assertThat(refusal(erase(root, root)).code()).isEqualTo("last-administrator");
        assertThat(refusal(eraseOwn(root)).code()).isEqualTo("last-administrator");
        await(patch(account, "{\"roles\":[\"admin\"]}", "*"));

        // When
        var own = eraseOwn(root);
        var others = List.of(erase(root, account), patch(account, "{\"roles\":[]}", "*"));
        await(Future.join(own, others.get(0), others.get(1)).otherwiseEmpty());

        // Then: who is no administrator any more may be erased, so both of the others may have happened
        assertThat(own.succeeded()).isNotEqualTo(others.stream().anyMatch(Future::succeeded));
        assertThat(house.features.texts("select count(*) from account where 'admin' = any (roles) and not disabled"))
                .containsExactly("1");
    }

    @Test
    void anAdministratorWhoIsDisabledOrOneOfTwoMayBeErased() {
        // Given
        await(patch(account, "{\"roles\":[\"admin\"]}", "*"));
        await(patch(account, "{\"disabled\":true}", "*"));
        assertThat(refusal(erase(account, root)).code()).isEqualTo("last-administrator");

        // When
        await(erase(root, account));

        // Then
        assertThat(house.features.texts("select email from account")).containsExactly("root@example.org");
    }

    private Future<Response> erase(UUID by, UUID whom) {
        var caller = house.principal(by).with(Set.of("user", "admin"));
        return house.features.call(
                "DELETE",
                "/api/users/{id}",
                TestRequest.of("").by(caller).with("If-Match", "*").at("id", whom.toString()));
    }

    private Future<Response> eraseOwn(UUID whom) {
        var login = house.login("root@example.org", AccountsFixture.PASSWORD);
        return login.compose(reply -> house.features.call(
                "DELETE",
                "/api/me",
                TestRequest.of("{\"password\":\"" + AccountsFixture.PASSWORD + "\"}")
                        .by(house.principal(whom, session(reply)))
                        .with("If-Match", "*")));
    }

    private static UUID session(Response reply) {
        return RefreshToken.parse(AccountsFixture.refreshToken(reply))
                .orElseThrow()
                .session();
    }

    @Test
    void changesRolesOnlyFromWhatTheCallerHasSeenAndRemovesNoneThatSomebodyHas() {
        // Given
        var made = await(put("keeper", "{\"grants\":[\"read:topic:staff/*\",\"emit:shop.*\"]}", ""));
        assertThat(house.features.body(made)).containsEntry("grants", List.of("emit:shop.*", "read:topic:staff/*"));
        await(patch(account, "{\"roles\":[\"keeper\"]}", "*"));

        // When
        var unsaid = refusal(put("keeper", "{\"grants\":[]}", ""));
        var stale = refusal(put("keeper", "{\"grants\":[]}", "\"9\""));
        var wrong = refusal(
                put("other", "{\"grants\":[\"*\",\"see-all\",\"admin:audit\",\"emit\",\"emit:*.x\",\"read:*\"]}", ""));
        var held = refusal(delete("keeper"));
        await(patch(account, "{\"roles\":[]}", "*"));
        var gone = await(delete("keeper"));

        // Then
        assertThat(unsaid.kind()).isEqualTo(Problem.Kind.PRECONDITION_REQUIRED);
        assertThat(stale.kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(wrong.faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/grants/1", "#/grants/2", "#/grants/3", "#/grants/4");
        assertThat(wrong.faults()).allMatch(fault -> fault.detail().contains("emit:"));
        assertThat(held.code()).isEqualTo("role-in-use");
        assertThat(gone.status()).isEqualTo(204);
        assertThat(refusal(delete("user")).code()).isEqualTo("built-in-role");
        assertThat(refusal(put("admin", "{\"grants\":[]}", "*")).code()).isEqualTo("built-in-role");
        for (var noRole : List.of("self", "anyone")) {
            assertThat(refusal(put(noRole, "{\"grants\":[]}", "")).faults())
                    .extracting(FieldError::code)
                    .containsExactly("reserved");
        }
        assertThat(house.features.texts("select type from event where subject = 'role:keeper' order by seq"))
                .containsExactly("role.changed", "role.deleted");
    }

    private Principal administrator() {
        return house.principal(root).with(Set.of("user", "admin"));
    }

    private Future<Response> patch(UUID whom, String body, String expected) {
        return house.features.call(
                "PATCH",
                "/api/users/{id}",
                tagged(TestRequest.of(body), expected).at("id", whom.toString()));
    }

    private Future<Response> put(String name, String body, String expected) {
        return house.features.call(
                "PUT",
                "/api/admin/roles/{name}",
                tagged(TestRequest.of(body), expected).at("name", name));
    }

    private Future<Response> delete(String name) {
        return house.features.call(
                "DELETE",
                "/api/admin/roles/{name}",
                tagged(TestRequest.of(""), "*").at("name", name));
    }

    private TestRequest tagged(TestRequest request, String expected) {
        var by = request.by(administrator());
        return expected.isEmpty() ? by : by.with("If-Match", expected);
    }
}
