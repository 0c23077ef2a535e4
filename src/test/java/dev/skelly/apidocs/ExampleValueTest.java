package dev.skelly.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.schema.SchemaValidator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An example satisfies all keywords of its schema, or there is none. */
class ExampleValueTest {

    private static final JsonMapper JSON = Json.mapper();

    private static Map<String, Object> schema(String json) {
        try {
            return JSON.readerForMapOf(Object.class).readValue(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static Optional<JsonNode> example(String schema) {
        return ExampleValue.of(schema(schema));
    }

    private static Map<String, Object> text(String pattern, int min, int max) {
        return Map.of("type", "string", "pattern", pattern, "minLength", min, "maxLength", max);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[A-Z]{2}-\\d{4,6}$",
                "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                "^(?:red|green|blue)(?:,(?:red|green|blue))*$",
                "^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$",
                "^\\+?[1-9]\\d{1,14}$",
                "^#(?:[0-9a-fA-F]{3}){1,2}$",
                "^\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)+$",
                "^[\\u4e00-\\u9fff]{2,4}$",
                "^[\\]\\[^-]{3}$",
                "\\bv\\d+\\b",
                "^\\x41\\u0042\\.\\*$",
                "^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$",
                "^(a+)+$",
                "^((a*b){2}){3}$",
                "^[0-9a-f]{64}$",
                "^a{3}?b+c*?$",
                "^[\\w.-]+\\cA$",
                "^a[^b]b$",
                "",
                "^$",
                "^.{300,}$",
                "^\\t[\\x00-\\x1f]$",
                "needle"
            })
    void textHasThePattern(String pattern) {
        var text = ExampleValue.of(text(pattern, 0, 1000)).orElseThrow().textValue();
        assertThat(Pattern.compile(pattern).matcher(text).find()).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 7 ^(ab)*(cde)*$",
                "20 20 needle",
                "11 11 ^(ab|cde|fghij)+$",
                "1 3 ^[a-z0-9-]*$",
                "30 40 ^[A-Za-z]+( [A-Za-z]+)*$",
                "500 500 ^\\d+$",
                "12 12 needle$",
                "12 12 ^needle"
            })
    void textHasPatternAndLength(String line) {
        var words = line.split(" ", 3);
        var min = Integer.parseInt(words[0]);
        var max = Integer.parseInt(words[1]);
        var text = ExampleValue.of(text(words[2], min, max)).orElseThrow().textValue();
        assertThat(text.length()).as(text).isBetween(min, max);
        assertThat(Pattern.compile(words[2]).matcher(text).find()).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a)\\1$",
                "^[a-z]{1,3}$", // Too short for the length below.
                "^(?=.*[0-9])[a-z0-9]{8,}$", // Refused, as any that needs more than linear time.
                "^(?!admin)[a-z]+$",
                "(",
                "^[]a",
                "^a\\bb$"
            })
    void thereIsNoExampleWithoutCertainty(String pattern) {
        assertThat(ExampleValue.of(text(pattern, 5, 20))).isEmpty();
    }

    @Test
    void aPatternThatNeverEndsEndsHere() {
        assertThat(ExampleValue.of(text("^(([a-z])+.)+[A-Z]([a-z])+\\B \\B$", 0, 1000)))
                .isEmpty();
        assertThat(ExampleValue.of(text("^(a|aa)+\\bb$", 30, 60))).isEmpty();
        assertThat(ExampleValue.of(text("^(((a{0,5}){0,5}){0,5}b)$", 0, 1000))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'string','format':'email','maxLength':100,'pattern':'@skelly\\\\.example$'}",
                "{'type':'string','format':'email','maxLength':100,'pattern':'^[a-z.]+@example'}",
                "{'type':'string','enum':['no','yes'],'pattern':'^y','maxLength':9}",
                "{'const':null}",
                "{'type':['null','string']}",
                "{'type':'string','examples':['bad','good'],'pattern':'^g','maxLength':9}",
                "{'type':'string','default':'bad','pattern':'^g','maxLength':9}",
                "{'type':'integer','exclusiveMinimum':4,'multipleOf':5}",
                "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1}",
                "{'type':'integer','maximum':-3}",
                "{'type':'array','minItems':3,'maxItems':9,'uniqueItems':true,'items':{'enum':['a','b','c']}}",
                "{'type':'array','minItems':2,'maxItems':9,'uniqueItems':true,'items':{'type':'string','maxLength':50}}",
                "{'type':'array','maxItems':0,'items':{'type':'string'}}",
                "{'type':'object','minProperties':2,'additionalProperties':{'type':'integer','minimum':7}}",
                "{'type':'object','maxProperties':1,'properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['b']}",
                "{'allOf':[{'type':'object','properties':{'a':{'const':1}},'required':['a']},{'properties':{'b':{'const':2}},'required':['b']}]}",
                "{'type':'object','properties':{'a':{'type':'string'}},'oneOf':[{'required':['z']},{'required':['a']}]}",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/a'}},'$defs':{'a':{'type':'string','pattern':'^x{3}$','maxLength':3}}}"
            })
    void exampleSatisfiesAllKeywords(String text) {
        var schema = schema(text);
        var example = ExampleValue.of(schema).orElseThrow();
        assertThat(new SchemaValidator(new BodySchema(schema, false), JSON).faults(example))
                .as(example.toString())
                .isEmpty();
    }

    @Test
    void optionalFieldWithoutAnExampleIsLeftOut() {
        var hard = "{'type':'string','pattern':'^a\\\\bb$','maxLength':9}";
        var fields = "{'type':'object','properties':{'hard':" + hard + ",'easy':{'type':'boolean'}},'required':";
        assertThat(example(fields + "['easy']}").map(JsonNode::toString)).hasValue("{\"easy\":true}");
        assertThat(example(fields + "['hard']}")).isEmpty();
        assertThat(example("{'not':{}}")).isEmpty();
        assertThat(example("{'$ref':'#/$defs/gone'}")).isEmpty();
    }

    @Test
    void exampleIsTheSameEachTimeAndTellsSomething() {
        var name = "{'type':'object','properties':{'name':{'type':'string','pattern':'^[^\\\\n]+$','maxLength':100}}}";
        assertThat(example(name).map(JsonNode::toString))
                .isEqualTo(example(name).map(JsonNode::toString))
                .hasValue("{\"name\":\"Ada Lovelace\"}");
        assertThat(ExampleValue.of(text("^[A-Z]{2}-\\d{4}$", 0, 20)).map(JsonNode::textValue))
                .isEqualTo(ExampleValue.of(text("^[A-Z]{2}-\\d{4}$", 0, 20)).map(JsonNode::textValue));
    }
}
