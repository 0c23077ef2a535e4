package dev.skelly.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a person does with the own account, on the page, with the letters that a whole node writes. */
class AccountPageIT extends InBrowser {

    private static final String NEW_PASSWORD = "quite another long sentence";

    private List<Path> letters() {
        var outbox = folder.resolve("data").resolve("outbox");
        if (!Files.isDirectory(outbox)) {
            return List.of();
        }
        try (var files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> link(String purpose) {
        var form = Pattern.compile("http\\S+#" + purpose + "=\\S+");
        return letters().stream()
                .map(AccountPageIT::read)
                .flatMap(letter -> form.matcher(letter).results().limit(1))
                .map(found -> found.group())
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mailedLink(String purpose) {
        await().until(() -> link(purpose).isPresent());
        return link(purpose).orElseThrow();
    }

    private void follow(String link) {
        browser.go("about:blank");
        browser.go(link);
    }

    private void signIn(String email, String password) {
        browser.type("#login-email", email);
        browser.type("#login-password", password);
        browser.click("#panel-login button[type=submit]");
        until("!document.getElementById('home').hidden");
    }

    private void openSettings() {
        browser.click("#open-settings");
        until("document.querySelectorAll('#sign-ins li').length > 0");
    }

    private void clear(String form) {
        until("document.getElementById('" + form + "').reset() === undefined");
    }

    private void says(String words) {
        until("document.getElementById('notice').textContent.includes('" + words + "')");
    }

    private long accounts() {
        var at = database.address();
        try (var connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                var rows = connection.createStatement().executeQuery("select count(*) from account")) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstAdministratorIsMadeByTheLinkOfTheStartAndNobodyElseByIt() {
        var link = node.greeting().get(1);
        follow(link);
        until("!document.getElementById('panel-first').hidden && !document.getElementById('welcome').hidden");
        var focused = browser.ask("document.activeElement.id").textValue();
        browser.type("#first-email", "no address");
        browser.type("#first-password", PASSWORD);
        browser.click("#panel-first button[type=submit]");
        until("!document.getElementById('first-email-error').hidden");
        clear("panel-first");
        browser.type("#first-email", MAIL);
        browser.type("#first-password", PASSWORD);
        browser.click("#panel-first button[type=submit]");
        until("!document.getElementById('home').hidden");
        until("document.getElementById('events').textContent.includes('Roles changed')");
        assertThat(focused).isEqualTo("first-name");
        assertThat(browser.ask("location.href").textValue()).doesNotContain("first-administrator");

        follow(link);
        until("!document.getElementById('panel-first').hidden");
        browser.type("#first-email", "second@example.org");
        browser.type("#first-password", PASSWORD);
        browser.click("#panel-first button[type=submit]");
        until("document.querySelector('#panel-first .problem').textContent.includes('n administrator exists')");
        assertThat(accounts()).isEqualTo(1);
    }

    @Test
    void aForgottenPasswordIsSetByTheMailedLink() {
        register();
        browser.click("#sign-out");
        until("!document.getElementById('welcome').hidden");
        browser.click("#open-forgot");
        browser.type("#forgot-email", MAIL);
        browser.click("#panel-forgot button[type=submit]");
        says("on its way");

        follow(mailedLink("reset-password"));
        until("!document.getElementById('panel-reset').hidden && !document.getElementById('welcome').hidden");
        browser.type("#reset-password", "password1");
        browser.click("#panel-reset button[type=submit]");
        until("!document.getElementById('reset-password-error').hidden");
        clear("panel-reset");
        browser.type("#reset-password", NEW_PASSWORD);
        browser.click("#panel-reset button[type=submit]");
        says("Your new password is set");

        assertThat(browser.ask("location.hash").textValue()).isEmpty();
        signIn(MAIL, NEW_PASSWORD);
    }

    @Test
    void theAddressChangesByTheMailedLinkAndThePasswordByTheOldOne() {
        register();
        openSettings();
        browser.type("#profile-name", "Ada");
        browser.click("#profile button[type=submit]");
        until("document.getElementById('who').textContent === 'Ada'");
        browser.type("#address-email", "ada@lovelace.example");
        browser.type("#address-password", PASSWORD);
        browser.click("#address button[type=submit]");
        says("A mail went to the new address");

        follow(mailedLink("confirm-email"));
        says("Your new e-mail address is confirmed");
        openSettings();
        until("document.getElementById('address-now').textContent === 'ada@lovelace.example'");
        browser.type("#password-old", "wrong");
        browser.type("#password-new", NEW_PASSWORD);
        browser.click("#password button[type=submit]");
        until("!document.getElementById('password-old-error').hidden");
        clear("password");
        browser.type("#password-old", PASSWORD);
        browser.type("#password-new", NEW_PASSWORD);
        browser.click("#password button[type=submit]");
        says("Your password is changed");

        browser.click("#end-all");
        until("!document.getElementById('welcome').hidden");
        signIn("ada@lovelace.example", NEW_PASSWORD);
    }

    @Test
    void aDeletedAccountIsGoneWithItsLetters() {
        register();
        assertThat(mailedLink("verify-email")).startsWith(node.url());
        openSettings();
        var unnamed =
                browser.ask("[...document.querySelectorAll('#settings input, #settings button')].filter(control =>"
                        + " !control.labels?.length && !control.textContent.trim() && !control.ariaLabel).length");
        var fits = browser.is("document.documentElement.scrollWidth <= innerWidth");
        browser.type("#erase-password", PASSWORD);

        browser.click("#erase button[type=submit]");

        says("Your account is deleted");
        assertThat(unnamed.intValue()).isZero();
        assertThat(fits).isTrue();
        assertThat(accounts()).isZero();
        await().until(() -> letters().isEmpty());
    }
}
