package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Response;
import dev.skelly.features.accounts.session.RefreshToken;
import dev.skelly.testkit.TestRequest;
import io.vertx.core.Future;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** How every test of the feature begins and ends: a house of its own, in which Ada has registered. */
public abstract class WithAccountsFixture {

    static final String ADA = "ada@example.org";

    public AccountsFixture house;
    public UUID account = new UUID(0, 0);

    public WithAccountsFixture() {
        this(new AccountsFixture());
    }

    WithAccountsFixture(AccountsFixture house) {
        this.house = house;
    }

    @BeforeEach
    void register() {
        account = house.register(ADA);
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** Signs Ada in; who she is then. */
    Principal signedIn() {
        var reply = await(house.login(ADA, AccountsFixture.PASSWORD));
        var session = RefreshToken.parse(AccountsFixture.refreshToken(reply))
                .orElseThrow()
                .session();
        return house.principal(account, session);
    }

    Future<Response> call(String method, String path, String body) {
        return house.features.call(method, path, TestRequest.of(body));
    }

    Future<Response> call(String method, String path, String body, Principal caller) {
        return house.features.call(method, path, TestRequest.of(body).by(caller));
    }

    public static Problem refusal(Future<?> answer) {
        return catchThrowableOfType(Problem.class, () -> await(answer));
    }
}
