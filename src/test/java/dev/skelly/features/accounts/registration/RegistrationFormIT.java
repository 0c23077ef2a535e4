package dev.skelly.features.accounts.registration;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.auth.AuthConfig;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.AccountsFixture;
import dev.skelly.features.accounts.FindUser;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.password.IssuePasswordReset;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationFormIT {

    private AccountsFixture house = new AccountsFixture();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void oneTransactionWritesTheAccountAndTheFact() {
        // When
        var reply = await(house.features.call(
                "POST",
                "/api/auth/register",
                TestRequest.of("{\"email\":\"Ada@Example.org\",\"password\":\"correct horse\",\"name\":\" Ada \"}")));

        // Then
        var body = house.features.body(reply);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers())
                .anySatisfy(header -> assertThat(header.getValue()).isEqualTo("/api/users/" + body.get("id")));
        assertThat(body).containsOnlyKeys("id", "position");
        var transactions = house.features.texts(
                "select distinct t from (select xmin::text as t from account union all select xmin::text from event) rows");
        assertThat(transactions).hasSize(1);
        assertThat(house.features.texts("select email || '|' || email_key || '|' || name from account"))
                .containsExactly("Ada@Example.org|ada@example.org|Ada");
    }

    @Test
    void theFactHoldsNothingThatOthersMayNotSee() {
        // When
        var id = house.register("ada@example.org");

        // Then
        assertThat(house.features.texts("select data::text from event"))
                .containsExactly("{\"userId\": \"" + id + "\", \"requiresEmailVerification\": true}");
        assertThat(house.features.texts("select array_to_string(channels, ' ') from event"))
                .containsExactly("role:admin user:" + id);
        assertThat(house.features.texts("select event::text from event"))
                .noneMatch(row -> row.contains("ada@") || row.contains("Ada") || row.contains("argon2"));
    }

    @Test
    void anAppendThatFailsLeavesNoAccount() {
        // Given
        house.features.execute("create function refuse() returns trigger language plpgsql as "
                + "$$ begin raise exception 'the log is full'; end $$");
        house.features.execute("create trigger refuse before insert on event for each row execute function refuse()");

        // When
        var failure =
                failure(house.features.call("POST", "/api/auth/register", AccountsFixture.registration("a@b.org")));

        // Then
        assertThat(failure).hasMessageContaining("the log is full");
        assertThat(house.count("account")).isZero();
        assertThat(house.count("subject_head")).isZero();
    }

    @Test
    void anAccountThatFailsLeavesNoFact() {
        // Given
        house.register("ada@example.org");

        // When
        var problem = refusal(
                house.features.call("POST", "/api/auth/register", AccountsFixture.registration("ADA@example.ORG")));

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThat(problem.code()).isEqualTo("email-taken");
        assertThat(problem.faults()).extracting(FieldError::pointer).containsExactly("#/email");
        assertThat(house.count("event")).isEqualTo(1);
    }

    @Test
    void ofManyWhoAskForOneAddressAtOnceOneGetsIt() {
        // When
        var answers = IntStream.range(0, 20)
                .mapToObj(n -> house.features.call(
                        "POST", "/api/auth/register", AccountsFixture.registration("ada@example.org")))
                .map(answer -> answer.transform(Future::succeededFuture))
                .toList();
        var succeeded =
                answers.stream().filter(answer -> await(answer).succeeded()).count();

        // Then
        assertThat(succeeded).isEqualTo(1);
        assertThat(house.count("account")).isEqualTo(1);
        assertThat(house.count("event")).isEqualTo(1);
    }

    @Test
    void registrationCanBeClosed() {
        // Given
        house.close();
        house = new AccountsFixture(withRegistration(AuthConfig.Registration.CLOSED, List.of()));

        // When
        var problem =
                refusal(house.features.call("POST", "/api/auth/register", AccountsFixture.registration("a@b.org")));

        // Then
        assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(problem.code()).isEqualTo("registration-closed");
        assertThat(house.count("account")).isZero();
    }

    @Test
    void theOperatorMakesAdministratorsWhoNeedNoProof() {
        // When
        var id = await(house.people().create("root@example.org", AccountsFixture.PASSWORD, true));

        // Then
        var user = await(house.features.query(new FindUser(id)));
        assertThat(user.roles()).containsExactly("admin", "user");
        assertThat(user.verified()).isTrue();
        assertThat(await(house.login("root@example.org", AccountsFixture.PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theOperatorIsHeldToTheSameRules() {
        assertThat(refusal(create("root", AccountsFixture.PASSWORD)).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/email");
        for (var refused : List.of("short", "Trustno1")) {
            assertThat(refusal(create("root@example.org", refused)).faults())
                    .extracting(FieldError::pointer)
                    .containsExactly("#/password");
        }
    }

    private Future<UUID> create(String email, String password) {
        return house.people().create(email, password, true);
    }

    @Test
    void aMailedTokenProvesTheAddressOnce() {
        // Given
        var id = house.register("ada@example.org");
        var token = issue(id);

        // When
        verify(token);
        verify(token);

        // Then
        assertThat(house.features.events(id)).containsExactly("user.registered", "user.verified");
        assertThat(await(house.features.query(new FindUser(id))).verified()).isTrue();
    }

    @Test
    void aTokenThatIsUnknownOrTooOldProvesNothing() {
        // Given
        var id = house.register("ada@example.org");
        var token = issue(id);
        house.clock.pass(AuthConfig.DEFAULT.verificationLife());

        // Then
        for (var useless : List.of(token, "no token", "x\\u0000y")) {
            var request = TestRequest.of("{\"token\":\"" + useless + "\"}");
            var problem = refusal(house.features.call("POST", "/api/auth/verify-email", request));
            assertThat(problem.faults()).extracting(FieldError::pointer).containsExactly("#/token");
        }
        assertThat(await(house.features.query(new FindUser(id))).verified()).isFalse();
    }

    @Test
    void whoeverRegisteredFirstTheOwnerOfAListedAddressIsTheAdministrator() {
        // Given
        house.close();
        house = new AccountsFixture(withRegistration(AuthConfig.Registration.OPEN, List.of("Root@example.org")));
        var id = house.register("root@example.org");
        house.features.execute("update account set roles = '{keeper,user}'");
        var token = issue(id);

        // When: the address is proved, by somebody who may not know the password
        verify(token);
        verify(token);

        // Then: its owner is sent a link for a password, once, and nobody is an administrator yet
        assertThat(await(house.features.query(new FindUser(id))).roles()).containsExactly("keeper", "user");
        assertThat(house.features.texts("select kind from letter_request")).containsExactly("PASSWORD");

        // When: the owner sets it
        setPassword(id, "the owner's own password");

        // Then: who has the role has it at once, keeps what there was, and it is told once; the first password is worth
        // nothing
        assertThat(await(house.features.query(new FindUser(id))).roles()).containsExactly("admin", "keeper", "user");
        assertThat(house.features.events(id))
                .containsExactly("user.registered", "user.verified", "user.password-changed", "user.roles-changed");
        assertThat(refusal(house.login("root@example.org", AccountsFixture.PASSWORD))
                        .kind())
                .isEqualTo(Problem.Kind.UNAUTHENTICATED);
        assertThat(house.features.texts("select after->>'roles' from audit where act = 'user.roles-changed'"))
                .containsExactly("[\"admin\", \"keeper\", \"user\"]");
    }

    private String issue(UUID account) {
        var token = "token of " + account;
        await(house.features.send(
                new IssueVerification(account, new SecretText(token)),
                TestRequest.of("").cause()));
        return token;
    }

    private void setPassword(UUID account, String password) {
        var token = "link for " + account;
        await(house.features.send(
                new IssuePasswordReset(account, new SecretText(token)),
                TestRequest.of("").cause()));
        var body = TestRequest.of("{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}");
        assertThat(await(house.features.call("POST", "/api/auth/password/reset", body))
                        .status())
                .isEqualTo(204);
    }

    private void verify(String token) {
        var link = TestRequest.of("{\"token\":\"" + token + "\"}").carrying("device", house.device);
        var reply = await(house.features.call("POST", "/api/auth/verify-email", link));
        assertThat(reply.status()).isEqualTo(204);
    }

    private static AuthConfig withRegistration(AuthConfig.Registration registration, List<String> adminEmails) {
        var shipped = AuthConfig.DEFAULT;
        return new AuthConfig(
                registration,
                adminEmails,
                shipped.sessionIdle(),
                shipped.sessionLife(),
                shipped.refreshGrace(),
                shipped.verificationLife(),
                shipped.resetLife(),
                shipped.emailChangeLife(),
                shipped.firstAdministratorLife(),
                shipped.freshSignIn());
    }

    private static Problem refusal(Future<?> answer) {
        return catchThrowableOfType(Problem.class, () -> await(answer));
    }

    private static Throwable failure(Future<Response> answer) {
        return org.assertj.core.api.Assertions.catchThrowable(() -> await(answer));
    }
}
