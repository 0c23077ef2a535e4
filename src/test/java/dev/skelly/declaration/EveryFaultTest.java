package dev.skelly.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.InvalidEventTypesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault hides no other fault, be it in the same type, in another type, in another file, or between two types. */
class EveryFaultTest {

    private static final String ONE = """
            types:
              - name: cart.left
                data: {type: object, properties: {id: {type: strin}}}
                audience: [self, "cart:{cartId}"]
                colour: red
              - name: cart.lost
                meaning: It is lost.
                version: 3
                data: {type: object, requried: [id]}
                audience: [self]
                emit: [anyone]
                upcasts: [{from: 1}]
              - 7
              - name: Cart
                meaning: 5
                data: []
                audience: self
            topics:
              - {pattern: "feature:1", read: []}
              - {read: [user]}
            rules: []
            """;

    private static final String OTHER = """
            types:
              - name: cart.stolen
                formerly: [cart.left]
                meaning: It is stolen.
                data: {type: object}
                audience: [self]
                version: two
                upcasts: [{from: 9, rename: {a: 1}}]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<String> faults() {
        var declarations = new EventTypeFiles().folder(folder);
        var faults = new ArrayList<>(declarations.faults());
        var between = catchThrowableOfType(
                InvalidEventTypesException.class, () -> EventTypeRegistry.of(Map.of(), declarations.found()));
        if (between != null) {
            faults.addAll(between.faults());
        }
        return faults.stream().map(fault -> fault.replace(folder + "/", "")).toList();
    }

    private List<String> faults(String file) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), file);
        return faults();
    }

    @Test
    void hidesNoOther() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), OTHER);

        assertThat(faults(ONE).stream().map(fault -> fault.replaceAll(";.*| \\[.*| of type.*| \\(exp.*", "")))
                .containsExactlyInAnyOrder(
                        "a.yaml: #/rules is not a field here",
                        "a.yaml: #/types/0/meaning must be given",
                        "a.yaml: #/types/0/colour is not a field here",
                        "a.yaml: #/types/0/data/properties/id/type must be of",
                        "a.yaml: #/types/0/audience cartId is not a field of the data",
                        "a.yaml: #/types/1/data/requried is not a keyword here",
                        "a.yaml: #/types/1/subject must be given: anyone is not signed in and has no self",
                        "a.yaml: #/types/2 must be",
                        "a.yaml: #/types/3/name event name: Cart",
                        "a.yaml: #/types/3/meaning must be",
                        "a.yaml: #/types/3/data must be",
                        "a.yaml: #/types/3/audience must be",
                        "a.yaml: #/topics/0/pattern topic: feature:1",
                        "a.yaml: #/topics/0/read must have at least 1 items",
                        "a.yaml: #/topics/1/pattern must be given",
                        "b.yaml: #/types/0/version must be",
                        "b.yaml: #/types/0/upcasts/0/rename/a must be",
                        "b.yaml: #/types/0 has the name cart.left of a.yaml: #/types/0",
                        "cart.lost version 3: no upcast from 2");
    }

    @Test
    void isSaidOnce() throws IOException {
        var faults = faults("""
                        types:
                          - name: cart.left
                            meaning: It is left.
                            data: {type: object, properties: {id: {type: string}}}
                            audience: [5, "role:{x}"]
                            emit: user
                        """);

        assertThat(faults).hasSize(3).doesNotHaveDuplicates();
        assertThat(faults).anyMatch(fault -> fault.contains("#/types/0/audience/0 must be of type string"));
        assertThat(faults).anyMatch(fault -> fault.contains("#/types/0/audience x is not a field"));
        assertThat(faults).anyMatch(fault -> fault.contains("#/types/0/emit must be of type array"));
    }
}
