package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.resource.SchemaLoader;
import java.util.List;
import java.util.Locale;

/** Configures the library that validates against JSON Schema 2020-12: linear patterns, exact numbers, asserted formats, nothing fetched. */
final class SchemaLibrary {

    private static final SchemaLocation BASE = SchemaLocation.of("https://skelly.invalid/schema");
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keywords(MeteredKeyword.all())
            .keywords(ValueKeywords.all())
            .keywords(AlternativeKeywords.all())
            .formats(TextFormat.all())
            .unknownKeywordFactory(
                    (keyword, context) -> null) // As JSON Schema has it; declarations are read more strictly.
            .build();
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .pathType(PathType.JSON_POINTER)
            .preloadSchema(false)
            .regularExpressionFactory(expression -> LinearPattern.of(expression)::isFoundIn)
            .build();

    private SchemaLibrary() {}

    /**
     * Compiles a schema.
     *
     * @throws IllegalArgumentException when the schema is invalid, or refers to another one
     */
    static Schema compile(JsonNode schema) {
        var registry = SchemaRegistry.withDialect(
                DIALECT,
                builder -> builder.schemaRegistryConfig(CONFIG)
                        .schemaCacheEnabled(false)
                        .schemaLoader(new SchemaLoader(List.of(), List.of(), SchemaLibrary::mayBeLoaded, null)));
        try {
            var compiled = registry.getSchema(BASE, schema);
            compiled.initializeValidators();
            return compiled;
        } catch (SchemaException e) {
            throw new IllegalArgumentException("schema: " + reason(e), e);
        }
    }

    private static boolean mayBeLoaded(AbsoluteIri address) {
        return false;
    }

    private static String reason(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : reason(failure.getCause());
    }
}
