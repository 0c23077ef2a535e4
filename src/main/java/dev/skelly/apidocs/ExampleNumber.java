package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Generates an example number of a JSON Schema: the smallest one, if there is a smallest. */
final class ExampleNumber {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private ExampleNumber() {}

    static Optional<JsonNode> of(String type, JsonNode schema) {
        var above = bound(schema, "exclusiveMinimum");
        var below = bound(schema, "exclusiveMaximum");
        var least = bound(schema, "minimum").or(() -> above.map(number -> number.add(BigDecimal.ONE)));
        var most = bound(schema, "maximum").or(() -> below.map(number -> number.subtract(BigDecimal.ONE)));
        var number = least.orElse(BigDecimal.ONE.min(most.orElse(BigDecimal.ONE)));
        if (type.equals("integer")) {
            return Optional.of(whole(multiple(number.setScale(0, RoundingMode.CEILING), schema)));
        }
        if (above.isPresent() && below.isPresent() && number.compareTo(below.get()) >= 0) {
            number = above.get().add(below.get()).divide(TWO);
        }
        return Optional.of(decimal(multiple(number, schema)));
    }

    private static Optional<BigDecimal> bound(JsonNode schema, String keyword) {
        return schema.path(keyword).isNumber()
                ? Optional.of(schema.path(keyword).decimalValue())
                : Optional.empty();
    }

    private static BigDecimal multiple(BigDecimal number, JsonNode schema) {
        return bound(schema, "multipleOf")
                .filter(step -> step.signum() > 0)
                .map(step -> number.divide(step, 0, RoundingMode.CEILING).multiply(step))
                .orElse(number);
    }

    private static JsonNode whole(BigDecimal number) {
        return JsonNodeFactory.instance.numberNode(number.toBigInteger());
    }

    private static JsonNode decimal(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0 ? whole(number) : DecimalNode.valueOf(number);
    }
}
