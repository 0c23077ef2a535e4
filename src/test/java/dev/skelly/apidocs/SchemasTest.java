package dev.skelly.apidocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.SchemaName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the records of answers are named in the API description. */
class SchemasTest {

    private final NamedSchemas schemas = new NamedSchemas(List.of("not-found"));

    private record LampPage(List<LampView> items) {}

    @SchemaName("Lamp")
    private record LampView(String colour) {}

    private static final class Attic {
        private record LampPage(long count) {}
    }

    private static final class Cellar {
        @SchemaName("Lamp")
        private record Torch(long battery) {}
    }

    private record Answers(Item item) {}

    private record Item(String name) {}

    private record Lamp2(String name) {}

    private Map<String, Object> of(Class<?> body) {
        return schemas.of(ResponseDescription.of(200, body));
    }

    @Test
    void itemOfAPageIsReferredToByItsName() {
        assertThat(of(LampPage.class)).isEqualTo(NamedSchemas.reference("LampPage"));
        assertThat(schemas.all()).containsOnlyKeys("FieldError", "Lamp", "LampPage", "Problem");
        assertThat(String.valueOf(schemas.all().get("LampPage"))).contains("items={$ref=#/components/schemas/Lamp}");
    }

    @Test
    void recordOfTwoAnswersIsOneSchema() {
        assertThat(of(LampPage.class)).isEqualTo(of(LampPage.class));
        assertThat(of(LampView.class)).isEqualTo(NamedSchemas.reference("Lamp"));
        assertThat(schemas.all()).hasSize(4);
    }

    @Test
    void twoRecordsOfOneNameAreRefused() {
        assertThat(of(LampPage.class)).isNotEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Attic.LampPage.class))
                .withMessageContaining("schema LampPage: ")
                .withMessageContaining("SchemasTest$LampPage and ")
                .withMessageContaining("SchemasTest$Attic$LampPage");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Cellar.Torch.class))
                .withMessageContaining("schema Lamp: ");
    }

    @Test
    void nameThatTellsNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Answers.class))
                .withMessageContaining("schema Item of ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Lamp2.class))
                .withMessageContaining("schema Lamp2 of ");
    }

    @Test
    void bodyWithATitleIsReferredToByIt() {
        var lamp = BodySchema.of(BodySchema.flag("lit")).named("LampUpdate").schema();
        assertThat(schemas.ofBody(BodySchema.of(BodySchema.flag("lit")).schema()))
                .doesNotContainKey("$ref");
        assertThat(schemas.ofBody(lamp))
                .isEqualTo(NamedSchemas.reference("LampUpdate"))
                .isEqualTo(schemas.ofBody(lamp));
        assertThat(schemas.ofBody(Map.of("type", "array", "items", lamp)))
                .containsEntry("items", NamedSchemas.reference("LampUpdate"));
        assertThat(schemas.ofBody(Map.of("oneOf", List.of(lamp))))
                .containsEntry("oneOf", List.of(NamedSchemas.reference("LampUpdate")));
        var ofAnOperator = new BodySchema.Field("lamp", true, Map.of("type", "object", "title", "my lamp"));
        assertThat(String.valueOf(schemas.ofBody(BodySchema.of(ofAnOperator).schema())))
                .contains("title=my lamp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemas.ofBody(
                        BodySchema.of(BodySchema.flag("on")).named("LampUpdate").schema()))
                .withMessageContaining("schema LampUpdate: ");
    }

    @Test
    void problemSaysWhichCodesThereAre() {
        assertThat(String.valueOf(schemas.all().get("Problem")))
                .contains("enum=[not-found]")
                .contains("items={$ref=#/components/schemas/FieldError}");
    }

    @Test
    void objectWithoutNamedFieldsIsOpen() {
        Map<String, Object> open = Map.of("type", "object");
        assertThat(schemas.of(ResponseDescription.of(200, open))).containsEntry("additionalProperties", true);
        assertThat(OpenObjects.in(Map.of("type", "array", "items", open)).get("items"))
                .isEqualTo(Map.of("type", "object", "additionalProperties", true));
        assertThat(OpenObjects.in(Map.of("type", "object", "properties", Map.of("type", open))))
                .doesNotContainKey("additionalProperties");
        assertThat(OpenObjects.in(Map.of("const", open))).isEqualTo(Map.of("const", open));
    }
}
