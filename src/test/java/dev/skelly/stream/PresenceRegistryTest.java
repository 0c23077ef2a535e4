package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceRegistryTest {

    private static final String TOPIC = "topic:hall/1";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final PresenceRegistry registry = new PresenceRegistry();

    private static PresenceEntry entry(long id, @Nullable String state, int second) {
        return new PresenceEntry(TOPIC, new UUID(0, id), null, state, NOW, NOW.plusSeconds(second));
    }

    @Test
    void tellsTenThousandJoinsOnceAndListsThemInPages() {
        for (var id = 1; id <= 10_000; id++) {
            registry.put("a", entry(id, "{}", 0));
            registry.put("b", entry(id, "{}", 0));
        }

        var changes = registry.takeChanges();
        assertThat(changes).singleElement().satisfies(one -> {
            assertThat(one.joined()).hasSize(10_000);
            assertThat(one.total()).isEqualTo(10_000);
        });
        assertThat(registry.takeChanges()).isEmpty();
        var seen = new ArrayList<UUID>();
        Optional<UUID> after = Optional.empty();
        do {
            var page = registry.page(TOPIC, after, 200);
            page.items().forEach(person -> seen.add(person.id()));
            after = page.next();
        } while (after.isPresent());
        assertThat(seen).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void keepsAPersonWhoIsOnAnotherNodeAndShowsTheLatestState() {
        registry.put("a", entry(1, "{\"n\":1}", 1));
        registry.put("b", entry(1, "{\"n\":2}", 2));
        assertThat(registry.takeChanges()).hasSize(1);

        registry.replace("b", List.of(), Instant.MIN);

        assertThat(registry.takeChanges()).singleElement().satisfies(one -> {
            assertThat(one.left()).isEmpty();
            assertThat(one.updated())
                    .singleElement()
                    .satisfies(person -> assertThat(person.state()).isEqualTo("{\"n\":1}"));
        });
    }

    @Test
    void saysThatAPersonLeftWhomAListShowed() {
        registry.put("a", entry(1, "{}", 1));
        assertThat(registry.page(TOPIC, Optional.empty(), 10).items()).hasSize(1);
        registry.put("a", entry(1, null, 2));

        assertThat(registry.takeChanges())
                .singleElement()
                .satisfies(one -> assertThat(one.left()).containsExactly(new UUID(0, 1)));
    }

    @Test
    void countsThoseWhoAreListed() {
        registry.put("a", entry(1, "{}", 1));
        registry.put("a", entry(2, "{}", 1));
        registry.put("a", entry(1, null, 2));

        var page = registry.page(TOPIC, Optional.empty(), 10);

        assertThat(page.items()).hasSize(1);
        assertThat(page.total()).isEqualTo(1);
    }

    @Test
    void saysNothingOfAPersonWhoCameAndLeftBetweenTwoMessages() {
        registry.put("a", entry(1, "{}", 1));
        registry.put("a", entry(1, null, 2));

        assertThat(registry.takeChanges()).isEmpty();
        assertThat(registry.page(TOPIC, Optional.empty(), 10).total()).isZero();
    }

    @Test
    void saysOnceThatAPersonCameAndWentOnHoweverManyNodes() {
        registry.put("a", entry(1, "{}", 1));
        assertThat(registry.takeChanges())
                .singleElement()
                .satisfies(one -> assertThat(one.came()).hasSize(1));
        registry.put("b", entry(1, "{\"n\":1}", 2));
        registry.put("a", entry(1, null, 3));
        assertThat(registry.takeChanges()).singleElement().satisfies(one -> {
            assertThat(one.came()).isEmpty();
            assertThat(one.went()).isEmpty();
        });

        registry.replace("b", List.of(), Instant.MIN);

        assertThat(registry.takeChanges())
                .singleElement()
                .satisfies(one -> assertThat(one.went()).containsExactly(new UUID(0, 1)));
    }

    @Test
    void saysNotThatAPersonCameWhoWasThereBeforeThisNodeStarted() {
        registry.replace("a", List.of(entry(1, "{}", 0)), NOW.plusSeconds(1));
        assertThat(registry.takeChanges()).singleElement().satisfies(one -> {
            assertThat(one.joined()).hasSize(1);
            assertThat(one.came()).isEmpty();
        });

        registry.replace("a", List.of(), Instant.MIN);

        assertThat(registry.takeChanges())
                .singleElement()
                .satisfies(one -> assertThat(one.went()).containsExactly(new UUID(0, 1)));
    }

    @Test
    void saysNotThatAPersonWentWhomOnlyAListShowed() {
        registry.put("a", entry(1, "{}", 1));
        assertThat(registry.page(TOPIC, Optional.empty(), 10).items()).hasSize(1);
        registry.put("a", entry(1, null, 2));

        assertThat(registry.takeChanges())
                .singleElement()
                .satisfies(one -> assertThat(one.went()).isEmpty());
    }
}
