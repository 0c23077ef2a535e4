package dev.skelly.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags in {@code If-Match} and {@code If-None-Match}, in all forms of RFC 9110. */
class EntityTagListTest {

    private static EntityTagList read(String header) {
        return EntityTagList.read(header).orElseThrow();
    }

    @Test
    void readsOneTagListsAndTheStar() {
        assertThat(read("\"7\"").tags()).containsExactly("\"7\"");
        assertThat(read(" \"a,b\" ,W/\"\",\t\"é!\"").tags()).containsExactly("\"a,b\"", "W/\"\"", "\"é!\"");
        assertThat(read(", \"1\", ,\"2\",").tags()).containsExactly("\"1\"", "\"2\"");
        assertThat(read(" * ").any()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "7",
                "\"7",
                "7\"",
                "w/\"7\"",
                "W/ \"7\"",
                "\"1\" \"2\"",
                "\"1\"\"2\"",
                "*, \"1\"",
                "\"1\", *",
                "* *",
                "\"a b\"",
                "\"1\"; \"2\""
            })
    void refusesEveryOtherText(String header) {
        assertThat(EntityTagList.read(header)).isEmpty();
    }

    @Test
    void comparesWeaklyForReadsAndStronglyForChanges() {
        var list = read("W/\"1\", \"2\", \"2\"");

        assertThat(list.hasWeakly("\"1\"")).isTrue();
        assertThat(list.hasWeakly("W/\"2\"")).isTrue();
        assertThat(list.hasWeakly("\"12\"")).isFalse();
        assertThat(read("*").hasWeakly("\"12\"")).isTrue();
        assertThat(list.strong()).containsExactly("\"2\"");
    }
}
