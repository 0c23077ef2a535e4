package dev.skelly.features.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountEventTest {

    private final EventTypeRegistry eventTypes =
            EventTypeRegistry.of(Map.of("/skelly/accounts", List.of(AccountEvent.class, AccountEvent.Asked.class)));

    @Test
    void storedNamesStayAsTheyAre() {
        assertThat(eventTypes.types())
                .extracting(EventType::name)
                .containsExactlyInAnyOrder(
                        "user.registered",
                        "user.preferences-initialised",
                        "user.preferences-changed",
                        "user.updated",
                        "user.logged-in",
                        "user.logged-out",
                        "user.device-added",
                        "user.verified",
                        "user.session-revoked",
                        "user.password-changed",
                        "user.email-change-requested",
                        "user.email-changed",
                        "user.roles-changed",
                        "user.disabled",
                        "user.enabled",
                        "user.deleted",
                        "user.password-forgotten",
                        "user.verification-requested",
                        "user.registration-repeated");
    }

    @Test
    void noFactHasAPlaceForASecretAndOnlyOneForAnAddressAndAName() {
        assertThat(eventTypes.types().stream()
                        .flatMap(type -> Arrays.stream(
                                Objects.requireNonNull(type.shape()).getRecordComponents()))
                        .map(RecordComponent::getName))
                .containsOnly(
                        "userId",
                        "sessionId",
                        "requiresEmailVerification",
                        "version",
                        "changed",
                        "before",
                        "after",
                        "reset",
                        "changeId",
                        "requestId",
                        "email",
                        "name");
    }

    @Test
    void addressAndNameAreSealedForThePersonAndTheAdministrators() {
        // When
        var registered = eventTypes.named("user.registered").orElseThrow();

        // Then
        assertThat(registered.sensitive()).containsExactlyInAnyOrder("email", "name");
        assertThat(registered.views().hiddenFrom(Set.of("self"))).isEmpty();
        assertThat(registered.views().hiddenFrom(Set.of("admin"))).isEmpty();
        assertThat(registered.views().hiddenFrom(Set.of("user"))).containsExactly("email", "name");
    }
}
