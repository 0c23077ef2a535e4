package dev.skelly.features.accounts.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.feature.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which passwords are refused, and why (E-10). */
class PasswordRulesTest {

    private static final PasswordOwner ZOE = new PasswordOwner("zoe.washburne+ship@example.org", "Zoë Alleyne");

    private static List<String> codes(String password) {
        var faults = new ArrayList<FieldError>();
        PasswordRules.check(password, ZOE, faults);
        assertThat(faults).allMatch(fault -> fault.pointer().equals("#/password"));
        return faults.stream().map(FieldError::code).toList();
    }

    @Test
    void lengthsAreOfComposedCharacters() {
        for (var wrong : List.of("u\u0308x".repeat(3) + "y", "\u00fcx".repeat(PasswordRules.CHARS_MAX / 2) + "y")) {
            assertThat(codes(wrong)).containsExactly("length");
        }
    }

    @Test
    void eachOfTheMostUsedIsRefusedInAnyCase() throws IOException {
        List<String> all;
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PasswordRules.class.getResourceAsStream("/passwords/common.txt")),
                StandardCharsets.UTF_8))) {
            all = lines.lines().filter(line -> !line.startsWith("# ")).toList();
        }

        assertThat(all).hasSize(38_452).hasSize(CommonPasswords.size());
        assertThat(all).allMatch(CommonPasswords::include);
        assertThat(all).allMatch(each -> each.codePointCount(0, each.length()) >= PasswordRules.CHARS_MIN);
        assertThat(codes("PassWord1")).containsExactly("common");
        assertThat(codes("TRUSTNO1")).containsExactly("common");
        assertThat(codes("qwertyuiop")).containsExactly("common", "sequence");
        for (var other : List.of("", "!", "~~~~~~~~~", "trustno1trustno", "correct horse")) {
            assertThat(CommonPasswords.include(other)).as(other).isFalse();
        }
    }

    @Test
    void theAddressAndTheNameOfTheAccountAreRefused() {
        for (var own : List.of(
                "zoe.washburne+ship@example.org",
                "ZOE.WASHBURNE+SHIP@EXAMPLE.ORG",
                "zoe_washburne_ship",
                "Washburne",
                "washburne2517",
                "77Washburne!",
                "Zoë Alleyne",
                "zoëalleyne",
                "Zoe\u0308Alleyne1",
                "alleyne-1")) {
            assertThat(codes(own)).as(own).containsExactly("own");
        }
        assertThat(codes("washburne sails")).isEmpty();
        assertThat(codes("zoe and the crew")).isEmpty();
    }

    @Test
    void shortUnitsThatRepeatAreRefused() {
        for (var simple : List.of("zzzzzzzzzzzz", "üüüüüüüü", "xyzzxyzzxyz", "Q7Q7Q7Q7q", "🙂🙃🙂🙃🙂🙃🙂🙃")) {
            assertThat(codes(simple)).as(simple).contains("repeated").doesNotContain("length");
        }
        assertThat(codes("xyzzyxyzzyx")).doesNotContain("repeated");
        assertThat(codes("zzzzzzzzzzzy")).doesNotContain("repeated");
    }

    @Test
    void rowsOfNeighboursAreRefused() {
        for (var simple : List.of(
                "hijklmnop",
                "ponmlkjih",
                "4567890123",
                "αβγδεζηθ",
                "rewqfdsa",
                "yxcvbnmasd",
                "mnb987ghi",
                "WERTYuiop")) {
            assertThat(codes(simple)).as(simple).contains("sequence");
        }
        for (var other : List.of("hijklmnopz", "qwerty horses", "a1b2c3d4z9")) {
            assertThat(codes(other)).as(other).doesNotContain("sequence");
        }
    }

    @Test
    void aSentenceIsFine() {
        var sentences = Arrays.asList("correct horse", "mal, zoë and wash", "Ὀδυσσεὺς πολύτροπος");
        assertThat(sentences).allMatch(sentence -> codes(sentence).isEmpty());
    }
}
