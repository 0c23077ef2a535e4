package dev.skelly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeFilterTest {

    @ParameterizedTest
    @CsvSource({
        "user.*,user.registered,true",
        "user.*,user.address.changed,true",
        "user.*,username.changed,false",
        "user.*,user,false",
        "order.placed,order.placed,true",
        "order.placed,order.placed-twice,false",
        "*,anything.at-all,true"
    })
    void matchesWholeNamesAndPrefixes(String term, String type, boolean matches) {
        assertThat(EventTypeFilter.of(List.of(term)).matches(type)).isEqualTo(matches);
    }

    @Test
    void passesEverythingWhenNothingIsAsked() {
        assertThat(EventTypeFilter.of(EventTypeFilter.split("")).matches("user.registered"))
                .isTrue();
        assertThat(EventTypeFilter.of(EventTypeFilter.split(null)).names()).isNull();
    }

    @Test
    void letsTheLogNarrowByWholeNamesOnly() {
        assertThat(EventTypeFilter.of(List.of("order.placed", "order.paid")).names())
                .containsExactlyInAnyOrder("order.placed", "order.paid");
        assertThat(EventTypeFilter.of(List.of("order.placed", "user.*")).names())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.", ".user", "user.*.x", "User.x", "user x", "us*", "user..x", "a,,b", "user.\n"})
    void refusesOtherForms(String terms) {
        assertThat(EventTypeFilter.wellFormed(EventTypeFilter.split(terms))).isFalse();
    }

    @Test
    void refusesMoreTermsThanItsBound() {
        assertThat(EventTypeFilter.wellFormed(Collections.nCopies(129, "a.b"))).isFalse();
        assertThat(EventTypeFilter.wellFormed(Collections.nCopies(128, "a.b"))).isTrue();
    }
}
