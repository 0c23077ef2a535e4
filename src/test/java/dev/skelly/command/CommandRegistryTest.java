package dev.skelly.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.feature.Command;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Query;
import dev.skelly.testkit.TestPlatform;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRegistryTest {

    record Plant(String what) implements Command<Void> {}

    record CountPlants() implements Query<Long> {}

    private static Feature garden(String command, String query) {
        return new Feature() {
            @Override
            public String name() {
                return "garden";
            }

            @Override
            public void install(FeatureRegistry registry, Platform platform) {
                registry.command(command, Plant.class, (tx, plant) -> Future.succeededFuture());
                registry.query(query, CountPlants.class, Long.class, (sql, count) -> Future.succeededFuture(1L));
            }
        };
    }

    @Test
    void findsARequestByItsDeclaredName() {
        var bindings = TestPlatform.alone().registry(garden("garden.plant", "garden.count-plants"));

        assertThat(bindings.nameOf(Plant.class)).isEqualTo("garden.plant");
        assertThat(bindings.named("garden.count-plants")).isEqualTo(CountPlants.class);
        assertThatThrownBy(() -> bindings.named(Plant.class.getName())).hasMessageContaining("expected: a command");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plant",
                "kitchen.plant",
                "garden.Plant",
                "garden.",
                "garden.plant it",
                "garden.plant-",
                "garden.a.b"
            })
    void refusesANameOfAnotherForm(String name) {
        assertThatThrownBy(() -> TestPlatform.alone().registry(garden(name, "garden.count-plants")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("expected: garden.verb-object");
    }

    @Test
    void refusesANameThatStandsTwice() {
        assertThatThrownBy(() -> TestPlatform.alone().registry(garden("garden.plant", "garden.plant")))
                .hasMessageContaining("garden.plant stands for")
                .hasMessageContaining("Plant")
                .hasMessageContaining("CountPlants");
    }

    @Test
    void knowsTheClassNamesOfTheFormerRelease() {
        assertThat(FormerNames.all().presentOf("dev.skelly.feature.accounts.SignIn"))
                .isEqualTo("accounts.log-in");
        assertThat(FormerNames.all().formerOf("accounts.log-in")).isEqualTo("dev.skelly.feature.accounts.SignIn");
        assertThat(FormerNames.all().presentOf("accounts.log-in")).isNull();
    }
}
