package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.feature.Response;
import dev.skelly.testkit.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mail tells of a login on a new device, with real mail (E-51). */
class NewDeviceIT extends WithAccountsFixture {

    private static final String SUBJECT = "A login on a new device";
    private static final String WITH_COOKIES = "";
    private static final String WITHOUT_COOKIES = ",\"session\":\"token\"";

    private final MailFixture mail;

    NewDeviceIT() {
        super(AccountsFixture.mailing());
        this.mail = house.office.orElseThrow();
    }

    @BeforeEach
    void verify() {
        house.features.execute("update account set verified_at = now()");
    }

    private static TestRequest login(String agent, String form) {
        var body = "{\"email\":\"%s\",\"password\":\"%s\"%s}".formatted(ADA, AccountsFixture.PASSWORD, form);
        return TestRequest.of(body).with("User-Agent", agent);
    }

    @CanIgnoreReturnValue
    private Response send(TestRequest login) {
        return await(house.features.call("POST", "/api/auth/login", login));
    }

    private long told() {
        house.features.deliver();
        return mail.subjects(ADA).stream().filter(SUBJECT::equals).count();
    }

    @Test
    void theFirstDeviceIsNotNewAndEachOtherIsToldOnce() {
        send(login("Laptop/1", WITH_COOKIES));
        send(login("Laptop/1", WITHOUT_COOKIES));
        assertThat(told()).isZero();

        var phone = AccountsFixture.cookie(send(login("Phone/1", WITH_COOKIES)), "device");
        assertThat(told()).isEqualTo(1);

        send(login("Phone/2", WITH_COOKIES).carrying("device", phone));
        send(login("Phone/2", WITH_COOKIES));
        send(login("Phone/2", WITHOUT_COOKIES));
        assertThat(told()).isEqualTo(1);

        for (var n = 0; n < 3; n++) {
            send(login("script/1", WITHOUT_COOKIES));
        }
        assertThat(told()).isEqualTo(2);
        assertThat(house.features.texts("select count(*) from device where client is not null and logged_in"))
                .containsExactly("6");
    }

    @Test
    void theBrowserThatRegisteredIsKnownAlsoAfterALoginElsewhere() {
        send(login("Phone/1", WITH_COOKIES));
        send(login("Laptop/1", WITH_COOKIES).carrying("device", house.device));

        assertThat(told()).isZero();
    }

    @Test
    void aPersonIsToldOfAFewDevicesInADay() {
        send(login("first/1", WITHOUT_COOKIES));
        for (var n = 0; n < 2 * 20; n++) {
            send(login("device/" + n, WITHOUT_COOKIES));
        }
        assertThat(told()).isEqualTo(AccountLimitsConfig.DEFAULT.deviceMails());

        house.clock.pass(Duration.ofDays(1));
        send(login("tomorrow/1", WITHOUT_COOKIES));
        assertThat(told()).isEqualTo(AccountLimitsConfig.DEFAULT.deviceMails() + 1);
    }

    @Test
    void anAddressThatIsNotVerifiedMayBeAnotherPersons() {
        house.features.execute("update account set verified_at = null");

        send(login("first/1", WITHOUT_COOKIES));
        send(login("second/1", WITHOUT_COOKIES));

        assertThat(told()).isZero();
    }
}
