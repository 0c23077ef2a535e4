package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first administrator by a link: one link works, once, for a while, and only as long as there is no administrator. */
final class AdministratorSetupIT {

    private static final String ROOT = "root@example.org";

    private final AccountsFixture house = new AccountsFixture();

    @AfterEach
    void close() {
        house.close();
    }

    private Optional<String> issue() {
        return await(house.firstLink());
    }

    private Future<Response> make(String token, String email) {
        return house.features.call(
                "POST",
                "/api/auth/first-administrator",
                TestRequest.of("{\"token\":\"%s\",\"email\":\"%s\",\"password\":\"%s\",\"name\":\"Root\"}"
                        .formatted(token, email, AccountsFixture.PASSWORD)));
    }

    private Problem refusal(String token, String email) {
        return catchThrowableOfType(Problem.class, () -> await(make(token, email)));
    }

    @Test
    void theLinkMakesAnAdministratorWhoSignsInAndIsTold() {
        // Given
        var token = issue().orElseThrow();

        // When
        var reply = await(make(token, ROOT));

        // Then
        var id = UUID.fromString(String.valueOf(house.features.body(reply).get("id")));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers()).anyMatch(header -> header.getValue().equals("/api/users/" + id));
        assertThat(await(house.features.query(new FindUser(id))).roles()).containsExactly("admin", "user");
        assertThat(await(house.login(ROOT, AccountsFixture.PASSWORD)).status()).isEqualTo(200);
        assertThat(house.features.events(id)).startsWith("user.registered", "user.roles-changed");
        assertThat(house.features.texts("select act from audit where target = 'user:" + id + "' order by id"))
                .startsWith("user.roles-changed", "user.first-administrator");
        assertThat(house.features.texts("select first_administrator_link::text from first_administrator_link"))
                .noneMatch(row -> row.contains(token));
    }

    @Test
    void theLinkWorksOnceAndIsWorthNothingOnceThereIsAnAdministrator() {
        // Given
        var token = issue().orElseThrow();
        await(make(token, ROOT));

        // Then
        assertThat(refusal(token, "other@example.org").code()).isEqualTo("administrator-exists");
        assertThat(issue()).isEmpty();
        assertThat(house.count("account")).isEqualTo(1);
    }

    @Test
    void anAdministratorMadeAnotherWayEndsTheLink() {
        // Given
        var token = issue().orElseThrow();
        await(house.people().create(ROOT, AccountsFixture.PASSWORD, true));

        // Then
        assertThat(refusal(token, "other@example.org").code()).isEqualTo("administrator-exists");
    }

    @Test
    void ofNodesThatStartTogetherOneLinkWorksAndTheOthersSayWhyNot() {
        // When
        var tokens =
                await(Future.all(Stream.generate(house::firstLink).limit(8).toList())).<Optional<String>>list().stream()
                        .map(Optional::orElseThrow)
                        .toList();
        var answers = IntStream.range(0, tokens.size())
                .mapToObj(n -> make(tokens.get(n), "root" + n + "@example.org"))
                .toList();
        await(Future.join(answers).otherwiseEmpty());

        // Then
        assertThat(answers.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(answers.stream().filter(Future::failed).map(answer -> ((Problem) answer.cause()).code()))
                .hasSize(7)
                .isSubsetOf("link-replaced", "administrator-exists");
        assertThat(house.features.texts("select count(*) from account where 'admin' = any (roles)"))
                .containsExactly("1");
    }

    @Test
    void ofManyWhoOpenOneLinkAtOnceOneBecomesIt() {
        // Given
        var token = issue().orElseThrow();

        // When
        var answers = Stream.of("a", "b", "c", "d")
                .map(name -> make(token, name + "@example.org"))
                .toList();
        await(Future.join(answers).otherwiseEmpty());

        // Then
        assertThat(answers.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(house.count("account")).isEqualTo(1);
    }

    @Test
    void aLinkThatIsReplacedTooOldOrMadeUpMakesNobody() {
        // Given
        var former = issue().orElseThrow();
        var newest = issue().orElseThrow();

        // Then
        assertThat(refusal(former, ROOT).code()).isEqualTo("link-replaced");
        assertThat(refusal("made-up", ROOT).faults())
                .extracting(FieldError::pointer)
                .containsExactly("#/token");
        house.clock.pass(Duration.ofHours(24));
        assertThat(refusal(newest, ROOT).code()).isEqualTo("link-expired");
        assertThat(house.count("account")).isZero();
        assertThat(issue()).isPresent();
    }

    @Test
    void aRefusedAddressLeavesTheLinkAsItWas() {
        // Given
        house.register("ada@example.org");
        var token = issue().orElseThrow();

        // When
        var taken = refusal(token, "ada@example.org");

        // Then
        assertThat(taken.code()).isEqualTo("email-taken");
        assertThat(await(make(token, ROOT)).status()).isEqualTo(201);
    }
}
