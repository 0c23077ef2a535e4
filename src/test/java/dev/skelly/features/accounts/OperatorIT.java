package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.UserAdmin;
import dev.skelly.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator does from the command line has the effect of the API, is held to its rules, and is noted as the operator's. */
final class OperatorIT extends WithAccountsFixture {

    private static final String ROOT = "root@example.org";

    private UserAdmin people = house.people();
    private UUID root = new UUID(0, 0);

    @BeforeEach
    void makeAnAdministrator() {
        people = house.people();
        root = await(people.create(ROOT, AccountsFixture.PASSWORD, true));
    }

    private List<String> acts(UUID whom) {
        return house.features.texts(
                "select act || coalesce(' by ' || actor, '') || ' from ' || coalesce(address, 'nowhere')"
                        + " from audit where target = 'user:" + whom + "' order by id");
    }

    @Test
    void findsPeopleByIdAndByAddressInAnySpelling() {
        assertThat(await(people.find("ADA@example.org"))).isEqualTo(await(people.find(account.toString())));
        assertThat(await(people.list(null, 10)))
                .extracting(user -> user.get("email"))
                .containsExactly(ROOT, ADA);
        assertThat(await(people.list(root, 10)))
                .extracting(user -> user.get("email"))
                .containsExactly(ADA);
        assertThat(refusal(people.find("nobody@example.org")).code()).isEqualTo("not-found");
        assertThat(refusal(people.find("nobody")).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/who");
    }

    @Test
    void disablesGivesRolesAndErasesAndAllIsNotedAsTheOperators() {
        // Given
        await(house.login(ADA, AccountsFixture.PASSWORD));

        // When
        await(people.disable(ADA, true));
        await(people.disable(ADA, false));
        await(people.changeRoles(ADA, List.of("admin"), List.of()));
        await(people.changeRoles(ADA, List.of(), List.of("admin", "never-had")));
        var before = acts(account);
        await(people.erase(ADA));

        // Then
        assertThat(before)
                .endsWith(
                        "user.disabled from command-line",
                        "user.enabled from command-line",
                        "user.roles-changed from command-line",
                        "user.roles-changed from command-line");
        assertThat(acts(account)).endsWith("user.deleted from command-line").hasSize(before.size() + 1);
        assertThat(acts(root))
                .containsExactly("user.roles-changed from command-line", "user.created from command-line");
        assertThat(house.features.events(account))
                .contains("user.disabled", "user.logged-out")
                .endsWith("user.deleted");
        var noted = house.features.body(await(house.features.call(
                "GET", "/api/admin/audit", TestRequest.of("").asking("actor", "operator"))));
        assertThat(noted.toString())
                .contains("actor=operator", "address=command-line")
                .doesNotContain("user.signed-in");
    }

    @Test
    void theLastAdministratorStaysWhateverTheOperatorTypes() {
        assertThat(refusal(people.disable(ROOT, true)).code()).isEqualTo("last-administrator");
        assertThat(refusal(people.changeRoles(ROOT, List.of(), List.of("admin")))
                        .code())
                .isEqualTo("last-administrator");
        assertThat(refusal(people.erase(ROOT)).code()).isEqualTo("last-administrator");
        assertThat(refusal(people.changeRoles(ADA, List.of("nobody"), List.of()))
                        .faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/roles");
    }

    @Test
    void theLinkSetsANewPasswordOnce() {
        // Given
        var link = await(people.resetLink(ADA));
        var body =
                "{\"token\":\"%s\",\"password\":\"another sentence\"}".formatted(link.substring(link.indexOf('=') + 1));

        // When
        var reply = await(call("POST", "/api/auth/password/reset", body));

        // Then
        assertThat(link).startsWith("/#reset-password=");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(refusal(call("POST", "/api/auth/password/reset", body)).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/token");
        assertThat(await(house.login(ADA, "another sentence")).status()).isEqualTo(200);
        assertThat(acts(account)).contains("user.reset-link-created from command-line");
    }

    @Test
    void aTokenHasASignInOfItsOwnThatNobodyRefreshesAndThePersonCanEnd() {
        // When
        var token = await(people.token(ADA, null));
        var shorter = await(people.token(ADA, Duration.ofSeconds(30)));

        // Then
        assertThat(token.text().split("\\.")).hasSize(3);
        assertThat(token.expiresAt()).isEqualTo(house.clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(shorter.expiresAt()).isEqualTo(house.clock.instant().plus(Duration.ofSeconds(30)));
        assertThat(refusal(people.token(ADA, Duration.ofMinutes(11))).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/life");
        assertThat(house.features.texts("select agent from session where account = '" + account + "'"))
                .containsExactly("skelly token create", "skelly token create");
        assertThat(acts(account)).contains("user.token-created from command-line");
        assertThat(house.features.texts("select audit::text from audit")).noneMatch(row -> row.contains(token.text()));

        // When
        var caller = house.principal(account, token.session());
        await(house.features.call(
                "DELETE",
                "/api/auth/sessions/{id}",
                TestRequest.of("").by(caller).at("id", token.session().toString())));

        // Then
        assertThat(house.features.texts("select session::text from rights_change where session is not null"))
                .containsExactly(token.session().toString());
    }

    @Test
    void nobodyWhoIsDisabledGetsAToken() {
        // Given
        await(people.disable(ADA, true));

        // Then
        assertThat(refusal(people.token(ADA, null)).code()).isEqualTo("disabled");
        assertThat(house.count("session")).isZero();
    }
}
