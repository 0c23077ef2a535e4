package dev.skelly.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.StoredEvent;
import dev.skelly.event.Topic;
import dev.skelly.event.Upcast;
import dev.skelly.feature.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventViewsTest {

    private static final UUID ADA = UUID.randomUUID();

    private final EventViews views = new EventViews(
            EventTypeRegistry.of(
                    Map.of(),
                    new EventTypeRegistry.Declared(
                            List.of(
                                    type("cart.left", 1, Map.of("sum", Set.of("staff", "self"))),
                                    type("cart.lost", 2, Map.of())),
                            List.of(new Topic(ChannelTemplate.of("topic:cart/{user}"), Set.of("user"))),
                            List.of(new Upcast("cart.lost", 1, data -> {
                                throw new IllegalStateException("boom");
                            })))),
            (principal, channel) -> false);

    private static EventType type(String name, int version, Map<String, Set<String>> shownTo) {
        return new EventType(
                name,
                List.of(),
                "/skelly/shop",
                "A cart.",
                version,
                Map.of(),
                List.of(ChannelTemplate.of("public")),
                new FieldVisibility(shownTo),
                Set.of(),
                null,
                null,
                null);
    }

    private static StoredEvent event(String type, String subject, @Nullable UUID actor, String data) {
        return event(type, subject, actor, List.of("public"), data);
    }

    private static StoredEvent event(
            String type, String subject, @Nullable UUID actor, List<String> channels, String data) {
        return new StoredEvent(
                1,
                new UUID(1, 1),
                type,
                1,
                "/skelly/shop",
                subject,
                1,
                actor,
                new UUID(1, 2),
                null,
                Instant.EPOCH,
                channels,
                data,
                null);
    }

    private static String data(EventView view, PresentedEvent shown, UUID reader) {
        return shown.dataWithout(view.hidden(shown, reader));
    }

    @Test
    void isOneForEachCombinationOfRoles() {
        assertThat(views.of(Set.of("user", "staff"))).isSameAs(views.of(Set.of("staff", "user")));
        assertThat(views.of(Set.of("user"))).isNotSameAs(views.of(Set.of("staff", "user")));
    }

    @Test
    void showsAPersonWhatIsAboutThem() {
        // Given
        var user = views.of(Set.of("user"));
        var about = views.show(event("cart.left", "user:" + ADA, null, "{\"sum\":1.10,\"n\":2}"));
        var by = views.show(event("cart.left", "cart:1", ADA, "{\"sum\":1.10,\"n\":2}"));
        var byAboutAnother = views.show(event("cart.left", "user:" + UUID.randomUUID(), ADA, "{\"sum\":1.10,\"n\":2}"));

        // Then
        assertThat(data(user, about, ADA)).contains("sum");
        assertThat(data(user, by, ADA)).contains("sum");
        assertThat(data(user, byAboutAnother, ADA)).isEqualTo("{\"n\":2}");
        assertThat(data(user, about, UUID.randomUUID())).isEqualTo("{\"n\":2}");
        assertThat(data(views.of(Set.of("user", "staff")), about, UUID.randomUUID()))
                .contains("sum");
    }

    @Test
    void aRoleOfTheNameOpensNobodysOwnView() {
        var eve = new Principal(UUID.randomUUID(), UUID.randomUUID(), Set.of("user", "self"), 0, Instant.MAX);
        var about = views.show(event("cart.left", "user:" + ADA, null, "{\"sum\":1.10,\"n\":2}"));

        assertThat(data(views.of(eve), about, eve.account())).isEqualTo("{\"n\":2}");
    }

    @Test
    void isAboutThePersonUnderWhoseKeyItIsSealed() {
        // Given
        var eve = UUID.randomUUID();
        var user = views.of(Set.of("user"));
        var toAda = views.show(
                event("cart.left", "cart:1", eve, List.of("public", "user:" + ADA), "{\"sum\":1.10,\"n\":2}"));
        var toBoth = views.show(
                event("cart.left", "cart:1", eve, List.of("user:" + ADA, "user:" + eve), "{\"sum\":1.10,\"n\":2}"));

        // Then
        assertThat(data(user, toAda, ADA)).contains("sum");
        assertThat(data(user, toAda, eve)).isEqualTo("{\"n\":2}");
        assertThat(data(user, toBoth, eve)).contains("sum");
        assertThat(data(user, toBoth, ADA)).isEqualTo("{\"n\":2}");
    }

    @Test
    void keepsWhatItCannotReadForAdministrators() {
        // Given
        var unreadable = views.show(event("cart.lost", "cart:1", null, "{}"));
        var unknown = views.show(event("cart.unheard-of", "cart:1", null, "{}"));

        // Then
        for (var shown : List.of(unreadable, unknown)) {
            assertThat(views.of(Set.of("user", "staff")).sees(shown)).isFalse();
            assertThat(views.of(Set.of("user", "admin")).sees(shown)).isTrue();
        }
    }

    @Test
    void readsATopicOnlyForTheAccountInItsName() {
        var user = views.of(Set.of("user"));

        assertThat(user.mayAskFor("topic:cart/" + ADA, ADA)).isTrue();
        assertThat(user.mayAskFor("topic:cart/" + ADA, UUID.randomUUID())).isFalse();
        assertThat(views.of(Set.of("guest")).mayAskFor("topic:cart/" + ADA, ADA))
                .isFalse();
    }

    @Test
    void namesATopicOnlyToThoseWhoSeeTheFieldsInItsName() {
        // Given
        var sorted = new EventType(
                "cart.sorted",
                List.of(),
                "/skelly/shop",
                "A cart.",
                1,
                Map.of(),
                List.of(ChannelTemplate.of("topic:cart/{cart}"), ChannelTemplate.of("topic:sum/{sum}")),
                new FieldVisibility(Map.of("sum", Set.of("staff"))),
                Set.of(),
                null,
                null,
                null);
        var stored = event(
                "cart.sorted",
                "cart:1",
                ADA,
                List.of("topic:cart/1", "topic:sum/9", "topic:former/9"),
                "{\"cart\":\"1\",\"sum\":\"9\"}");
        var shown = new PresentedEvent(stored, sorted, null);

        // Then
        assertThat(shown.without(Set.of("sum")).channels()).containsExactly("topic:cart/1");
        assertThat(shown.without(Set.of()).channels()).hasSize(3);
    }
}
