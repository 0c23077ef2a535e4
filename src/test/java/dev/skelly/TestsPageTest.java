package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that tells which test shows what is true: every class is there, and what has to be shown is shown. */
class TestsPageTest {

    private static final Path PAGE = Path.of("src/docs/tests.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern ROW = Pattern.compile("\\| ([A-ES]-\\d\\d) \\|(.*)\\|(.*)\\|");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*)`");

    private static Set<String> required() {
        var numbers = Stream.of(
                        of("C", IntStream.of(2, 3, 4, 10)),
                        of("D", IntStream.rangeClosed(3, 6)),
                        of("D", IntStream.of(9, 12, 13, 14, 15)),
                        of("E", IntStream.rangeClosed(1, 17)),
                        of("E", IntStream.rangeClosed(20, 26)))
                .flatMap(some -> some);
        return numbers.collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> of(String letter, IntStream numbers) {
        return numbers.mapToObj(number -> "%s-%02d".formatted(letter, number));
    }

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> faults(String page, Set<String> classes) {
        var faults = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var line : page.lines().toList()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                once(row.group(1), seen, faults);
                faults.addAll(faults(row.group(1), row.group(2), row.group(3), classes));
            } else if (line.matches("\\| *[A-Z]-?\\d.*")) {
                faults.add("no row: " + line);
            }
        }
        required().stream().filter(id -> !seen.contains(id)).forEach(id -> faults.add("missing: " + id));
        return faults;
    }

    private static void once(String id, Set<String> seen, List<String> faults) {
        if (!seen.add(id)) {
            faults.add("twice: " + id);
        }
    }

    private static List<String> faults(String id, String tests, String shows, Set<String> classes) {
        var named = CLASS.matcher(tests).results().map(match -> match.group(1)).toList();
        var faults = new ArrayList<String>();
        if (named.isEmpty() || shows.isBlank()) {
            faults.add("says nothing: " + id);
        }
        named.stream().filter(name -> !classes.contains(name)).forEach(name -> faults.add("no class: " + name));
        return faults;
    }

    @Test
    void everyRowNamesTestsThatThereAreAndNoneIsLeftOut() throws IOException {
        assertThat(faults(Files.readString(PAGE), classes())).isEmpty();
    }

    @Test
    void aPageThatIsWrongIsCaught() throws IOException {
        // Given
        var page = Files.readString(PAGE);
        var row = page.lines()
                .filter(line -> line.startsWith("| E-07 "))
                .findFirst()
                .orElseThrow();
        var wrong = page.replace(row, "| E-08 | `NoSuchTest` | x |\n| E-99 | nothing | |\n| E-7 | `TidyTest` | x |");

        // When
        var faults = faults(wrong, classes());

        // Then
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "no class: NoSuchTest",
                        "twice: E-08",
                        "says nothing: E-99",
                        "no row: | E-7 | `TidyTest` | x |",
                        "missing: E-07");
    }
}
