package dev.skelly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

    @Test
    void readsEveryPart() {
        assertThat(DatabaseAddress.parse("postgresql://ada:s3c:ret@db.example:6432/shop", "x", "y"))
                .isEqualTo(new DatabaseAddress("db.example", 6432, "shop", "ada", "s3c:ret", true));
    }

    @Test
    void takesTheSettingsWhereTheAddressIsSilent() {
        assertThat(DatabaseAddress.parse("postgresql://127.0.0.1/shop", "ada", "secret"))
                .isEqualTo(new DatabaseAddress("127.0.0.1", 5432, "shop", "ada", "secret", false));
    }

    @Test
    void encryptsToAnotherMachineUnlessToldOtherwise() {
        assertThat(DatabaseAddress.parse("postgresql://db/shop", "a", "b").tls())
                .isTrue();
        assertThat(DatabaseAddress.parse("postgresql://db/shop?sslmode=disable", "a", "b")
                        .tls())
                .isFalse();
    }

    @Test
    void refusesOtherFormsWithoutShowingThePassword() {
        for (var url : new String[] {
            "mysql://u:hidden@h/d", "postgresql://u:hidden@h", "postgresql:///d", "h:5432/d", "post gres"
        }) {
            assertThatThrownBy(() -> DatabaseAddress.parse(url, "", ""))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: postgresql://host:port/database")
                    .hasMessageNotContaining("hidden");
        }
    }
}
