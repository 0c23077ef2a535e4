package dev.skelly.features.accounts;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.auth.AccountLimitsConfig;
import dev.skelly.features.accounts.mail.AdmitMail;
import dev.skelly.features.accounts.mail.ForgetMailCounts;
import dev.skelly.mail.Email;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A mailbox gets a bounded number of mails, for however many accounts and spellings. */
class MailboxLimitIT extends WithAccountsFixture {

    private static final int MOST = AccountLimitsConfig.DEFAULT.mailsPerMailbox();

    private List<String> receivers() {
        return house.sent.stream().map(Email::to).toList();
    }

    private boolean admitted(UUID mail, String email, boolean notice) {
        return await(house.features.send(new AdmitMail(mail, email, notice)))
                .result()
                .admitted();
    }

    @Test
    void tagsAndDotsAreOneMailboxForAllAccounts() {
        // When
        for (var n = 0; n < MOST; n++) {
            house.register("Vic.tim+" + n + "@example.org");
        }
        house.register("victim@EXAMPLE.org");
        var asked = await(call("POST", "/api/auth/password/forgot", "{\"email\":\"vic.tim+3@example.org\"}"));
        house.register("v.i.c.t.i.m.2@example.org");
        house.features.deliver();

        // Then: the answers say nothing
        assertThat(asked.status()).isEqualTo(204);
        assertThat(receivers())
                .filteredOn(to -> to.startsWith("Vic") || to.startsWith("vic"))
                .hasSize(MOST);
        assertThat(receivers()).contains(ADA, "v.i.c.t.i.m.2@example.org");
    }

    @Test
    void anHourLaterTheNextOneIsSent() {
        // Given
        IntStream.range(0, MOST)
                .forEach(n -> assertThat(admitted(new UUID(1, n), "victim@example.org", false))
                        .isTrue());
        assertThat(admitted(new UUID(2, 0), "victim@example.org", false)).isFalse();

        // When
        house.clock.pass(Duration.ofHours(1));

        // Then
        assertThat(admitted(new UUID(2, 0), "victim@example.org", false)).isTrue();
        assertThat(house.count("mailbox_mail")).isEqualTo(1);
    }

    @Test
    void aMailThatIsTriedAgainCountsOnce() {
        // When
        IntStream.range(0, MOST)
                .forEach(n -> assertThat(admitted(new UUID(1, 1), "victim@example.org", false))
                        .isTrue());

        // Then
        assertThat(house.count("mailbox_mail")).isEqualTo(1);
        IntStream.range(2, MOST + 1)
                .forEach(n -> assertThat(admitted(new UUID(1, n), "victim@example.org", false))
                        .isTrue());
        assertThat(admitted(new UUID(1, MOST + 1), "victim@example.org", false)).isFalse();
        assertThat(admitted(new UUID(1, 1), "victim@example.org", false)).isTrue();
    }

    @Test
    void requestedMailsDoNotKeepBackANotice() {
        // When
        IntStream.range(0, MOST)
                .forEach(n -> assertThat(admitted(new UUID(1, n), "victim@example.org", false))
                        .isTrue());

        // Then
        assertThat(admitted(new UUID(2, 0), "victim@example.org", false)).isFalse();
        assertThat(admitted(new UUID(2, 1), "victim@example.org", true)).isTrue();
    }

    @Test
    void manyAtOnceAreCountedOneByOne() {
        // When
        var all = IntStream.range(0, 4 * MOST)
                .mapToObj(
                        n -> house.features.send(new AdmitMail(new UUID(1, n), "victim+" + n + "@example.org", false)))
                .toList();
        await(Future.all(all));

        // Then
        assertThat(all).filteredOn(each -> each.result().result().admitted()).hasSize(MOST);
    }

    @Test
    void countsAreForgottenWhenNoLimitNeedsThem() {
        // Given
        assertThat(admitted(new UUID(1, 1), "victim@example.org", false)).isTrue();
        house.clock.pass(Duration.ofMinutes(30));
        assertThat(admitted(new UUID(1, 2), "victim@example.org", false)).isTrue();
        house.clock.pass(Duration.ofMinutes(30));

        // When
        assertThat(await(house.features.send(new ForgetMailCounts()))).isNotNull();

        // Then
        assertThat(house.features.texts("select id::text from mailbox_mail"))
                .containsExactly(new UUID(1, 2).toString());
    }
}
