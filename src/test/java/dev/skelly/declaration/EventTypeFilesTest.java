package dev.skelly.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.event.FieldVisibility;
import dev.skelly.event.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTypeFilesTest {

    private static final String CART = """
            types:
              - name: cart.abandoned
                formerly: [basket.abandoned]
                meaning: A person left with things in the cart.
                version: 2
                data:
                  type: object
                  properties:
                    cartId: {type: string, minLength: 1, maxLength: 40}
                    total: {type: number, minimum: 0}
                    email: {type: string, format: email, maxLength: 254}
                  required: [cartId]
                  additionalProperties: false
                audience: [self, "role:admin", "topic:cart/{cartId}"]
                views:
                  admin: ["*", email]
                  support: [cartId]
                sensitive: [email]
                emit: [user]
                subject: cart:{cartId}
                outcome: true
                retention: 90d
                upcasts:
                  - from: 1
                    rename: {id: cartId}
                    default: {total: 0}
                    remove: [colour]
            topics:
              - pattern: topic:cart/{cartId}
                read: [support]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EventTypeFiles read(String yaml) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), yaml);
        return new EventTypeFiles().folder(folder);
    }

    @Test
    void readsAllThatCanBeSaid() throws IOException {
        var declared = read(CART).declared();

        var type = declared.types().get(0);
        assertThat(type.name()).isEqualTo("cart.abandoned");
        assertThat(type.formerly()).containsExactly("basket.abandoned");
        assertThat(type.source()).isEqualTo("/skelly/application");
        assertThat(type.retention()).isEqualTo(Duration.ofDays(90));
        assertThat(type.sensitive()).containsExactly("email");
        assertThat(Objects.requireNonNull(type.emission()).outcome()).isTrue();
        assertThat(type.views().hiddenFrom(Set.of("admin"))).isEmpty();
        assertThat(type.views().hiddenFrom(Set.of("support"))).containsExactly("email", "total");
        assertThat(type.views().hiddenFrom(Set.of(FieldVisibility.SELF))).containsExactly("cartId", "email", "total");
        assertThat(declared.upcasts())
                .singleElement()
                .satisfies(step -> assertThat(step.from()).isEqualTo(1));
        assertThat(declared.topics().get(0).admits("topic:cart/7", "1", Set.of("support")))
                .isTrue();
    }

    @Test
    void carriesOutDeclaredSteps() throws IOException {
        var step = read(CART).declared().upcasts().get(0);
        var old = Json.mapper().createObjectNode().put("id", "7").put("colour", "red");

        assertThat(step.step().apply(old).toString()).isEqualTo("{\"cartId\":\"7\",\"total\":0}");
    }

    @Test
    void tellsEveryFaultOfEveryFile() throws IOException {
        Files.writeString(folder.resolve("broken.yaml"), "types: [");
        var faults = read("""
                        types:
                          - name: Cart.Abandoned
                            meaning: x
                            data: {type: object, requried: [a], properties: {a: {type: strin}, b: {type: string, format: email}}}
                            audience: ["user:{nobody}", "Topic:*"]
                            sensitive: [c]
                            emit: [anyone]
                          - name: cart.left
                            data: {type: array}
                            colour: red
                        """).faults();

        assertThat(faults).anyMatch(fault -> fault.contains("broken.yaml") && fault.contains("no YAML"));
        assertThat(faults).anyMatch(fault -> fault.contains("#/types/1/meaning must be given"));
        assertThat(faults).anyMatch(fault -> fault.contains("#/types/1/colour is not a field here"));
    }

    @Test
    void tellsEveryFaultOfADeclaration() throws IOException {
        var faults = read("""
                        types:
                          - name: Cart.Abandoned
                            meaning: x
                            data: {type: object, requried: [a], properties: {a: {type: strin}, b: {type: string, format: email},
                              l: {type: array, uniqueItems: true}}}
                            audience: ["user:{nobody}", "Topic:*", "role:self"]
                            sensitive: [c]
                            emit: [anyone, self]
                        topics:
                          - {pattern: "feature:1", read: [user]}
                        """).faults();

        assertThat(String.join("\n", faults))
                .contains("#/types/0/data/requried is not a keyword here")
                .contains("#/types/0/data/properties/a/type must be of")
                .contains("#/types/0/data/properties/b must have maxLength")
                .contains("#/types/0/data/properties/l must have maxItems up to 256")
                .contains("#/types/0/audience/2 channel: role:self")
                .contains("#/types/0/emit must name roles; self is not a role")
                .contains("nobody is not a field of the data")
                .contains("#/types/0/audience/1 channel: Topic:*")
                .contains("c is not a field of the data")
                .contains("#/types/0/subject must be given")
                .contains("#/topics/0/pattern topic: feature:1");
    }

    @Test
    void refusesPatternsAndNumbersThatCostTooMuch() throws IOException {
        var faults = read("""
                        types:
                          - name: lamp.lit
                            meaning: A lamp is lit.
                            audience: [public]
                            data:
                              type: object
                              properties:
                                ahead: {type: string, maxLength: 9, pattern: '^(?=.*a)b'}
                                "be/hind": {type: string, maxLength: 9, pattern: '(?<!a)b'}
                                back: {type: array, items: {type: string, maxLength: 9, pattern: '(a)\\1'}}
                                large: {type: string, maxLength: 9, pattern: '((a{50}){50}){50}'}
                                fine: {type: string, maxLength: 999, pattern: '^(.*a){12}$'}
                                none: {type: number, multipleOf: 0}
                                huge: {type: number, maximum: 1.0e+99999}
                              $defs: {unused: {pattern: '(', maxLength: 9}}
                        """).faults();

        assertThat(faults)
                .allMatch(fault -> fault.contains("shop.yaml: #/types/0/data/"))
                .hasSize(7)
                .anyMatch(
                        fault -> fault.contains("/ahead/pattern must be a regular expression that linear time suffices")
                                && fault.contains("has a look-ahead"))
                .anyMatch(fault -> fault.contains("/be~1hind/pattern") && fault.contains("has a look-behind"))
                .anyMatch(fault -> fault.contains("/back/items/pattern") && fault.contains("has a back reference"))
                .anyMatch(fault -> fault.contains("/large/pattern") && fault.contains("has more than 1000 steps"))
                .anyMatch(fault -> fault.contains("/none/multipleOf must be greater than 0"))
                .anyMatch(fault -> fault.contains("/huge/maximum must be a number that is 0 or"))
                .anyMatch(fault -> fault.contains("/%24defs/unused/pattern") && fault.contains("lacks )"));
    }

    @Test
    void refusesSensitiveFieldsThatAreNobodysOrStandInAChannel() throws IOException {
        var nobodys = read(CART.replace("audience: [self, ", "audience: [")).faults();
        var severals = read(CART.replace("audience: [self, ", "audience: [self, \"user:{cartId}\", "))
                .faults();
        var shown = read(CART.replace("sensitive: [email]", "sensitive: [email, cartId]"))
                .faults();
        var own = read(CART.replace("audience: [self, ", "audience: [")
                        .replace("subject: cart:{cartId}", "subject: self"))
                .faults();

        assertThat(nobodys).singleElement().asString().contains("#/types/0/sensitive must be about one person");
        assertThat(severals).singleElement().asString().contains("#/types/0/sensitive must be about one person");
        assertThat(shown)
                .hasSize(2)
                .allMatch(fault -> fault.contains("cartId stands in"))
                .anyMatch(fault -> fault.contains("topic:cart/{cartId}"));
        assertThat(own).isEmpty();
    }

    @Test
    void followsReferencesOfTheData() throws IOException {
        var data = read("""
                        types:
                          - name: cart.left
                            meaning: A person left.
                            data:
                              $schema: https://json-schema.org/draft/2020-12/schema
                              type: object
                              properties: {from: {$ref: "#/$defs/place"}}
                              $defs: {place: {type: string, maxLength: 9}}
                            audience: ["topic:{from}"]
                        """).declared().types().get(0).schema();

        assertThat(data)
                .isEqualTo(Map.of(
                        "type", "object", "properties", Map.of("from", Map.of("type", "string", "maxLength", 9))));
    }

    @Test
    void namesReferencesThatLeadNowhere() throws IOException {
        var faults = read("""
                        types:
                          - name: cart.left
                            meaning: A person left.
                            data: {type: object, properties: {a: {$ref: "#/$defs/x"}}}
                            audience: [self]
                          - name: cart.lost
                            meaning: It is lost.
                            data: {type: object, properties: {a: {$ref: "other.json", $defs: {}}}, $schema: "http://json-schema.org/draft-07/schema#"}
                            audience: [self]
                        """).faults();

        assertThat(String.join("\n", faults))
                .contains("#/types/0/data/properties/a/%24ref x is not one of $defs")
                .contains("#/types/1/data/properties/a/%24ref must be #/$defs/ and a name")
                .contains("#/types/1/data/properties/a/%24defs must stand at the top")
                .contains("#/types/1/data/%24schema must be https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void refusesToDeclareAnythingOverAFault() throws IOException {
        var declarations = read("types: 7");

        assertThatThrownBy(declarations::declared).hasMessageContaining("shop.yaml: #/types must be of type array");
    }

    @Test
    void takesAFolderThatIsNotThereAsEmpty() {
        var declared = new EventTypeFiles().folder(folder.resolve("none")).declared();

        assertThat(declared.types()).isEmpty();
    }

    @Test
    void readsWhatTheJarHolds() {
        var declared = new EventTypeFiles()
                .resource("/skelly/tracking", "/events/tracking.yaml", EventTypeFiles.class)
                .declared();

        assertThat(declared.types()).extracting(type -> type.name()).contains("ui.clicked", "ui.viewed");
        assertThat(Map.copyOf(declared.types().get(0).schema())).containsKey("properties");
    }

    @Test
    void tellsThatAFileOfTheJarIsMissing() {
        assertThat(new EventTypeFiles()
                        .resource("/skelly/orders", "/events/orders.yaml", EventTypeFiles.class)
                        .faults())
                .containsExactly("/events/orders.yaml: is missing (expected: a file in the jar of "
                        + "dev.skelly.declaration.EventTypeFiles)");
    }
}
