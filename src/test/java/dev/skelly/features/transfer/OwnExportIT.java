package dev.skelly.features.transfer;

import static dev.skelly.testkit.FeatureFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Feature;
import dev.skelly.feature.LogTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An export of the own log comes back whole, whatever is declared by then; what no proof covers is held to today's types. */
final class OwnExportIT {

    private static final String FORMER = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String PRESENT = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final String NO_PROOF = "proof is not of this log or of its master keys, or the line was changed";

    private final List<ParcelLog> opened = new ArrayList<>();

    private ParcelLog log(String masters, Feature feature) {
        var log = new ParcelLog(masters, feature);
        opened.add(log);
        return log;
    }

    private ParcelLog sent(String masters, int count) {
        var log = log(masters, ParcelLog.Declared.PARCELS);
        for (var grams = 1; grams <= count; grams++) {
            await(log.fixture.send(new ParcelLog.SendParcel(grams), CommandContext.fresh(new UUID(0, grams))));
        }
        return log;
    }

    @AfterEach
    void close() {
        opened.forEach(log -> log.fixture.close());
    }

    private static ObjectNode without(ObjectNode line, String attribute) {
        var copy = line.deepCopy();
        copy.remove(attribute);
        return copy;
    }

    private static List<ObjectNode> without(List<ObjectNode> lines, String attribute) {
        return lines.stream().map(line -> without(line, attribute)).toList();
    }

    private static List<ObjectNode> sentOnly(List<ObjectNode> lines) {
        return lines.stream()
                .filter(line -> line.path("type").asText().equals("parcel.sent"))
                .toList();
    }

    @Test
    void comesBackWholeThoughItsTypesHaveAnotherNameVersionAndSchema() {
        // Given
        var lines = sentOnly(sent(FORMER, 2).export(true));
        var log = log(FORMER, ParcelLog.Declared.POSTS);

        // When
        var unproved = log.take(without(lines, "proof"));
        var proved = log.take(lines);

        // Then
        assertThat(unproved.appended()).isZero();
        assertThat(unproved.faults()).contains("line 1: data/weight must be given");
        assertThat(proved).isEqualTo(new LogTransfer.ImportResult(2, 0, List.of()));
        assertThat(log.fixture.texts("select type || ' ' || type_version || ' ' || source from event"))
                .containsOnly("parcel.posted 1 /skelly/parcels");
        assertThat(log.fixture.texts("select data::text from event")).noneMatch(data -> data.contains("Elm"));
        var again = log.export(true);
        assertThat(again)
                .extracting(line -> line.path("data").path("weight").asText())
                .containsExactly("1 g", "2 g");
        assertThat(again)
                .allMatch(line -> line.path("dataversion").intValue() == 2)
                .allMatch(line -> line.path("data").path("street").asText().equals("Elm Street 1"));
        assertThat(log.take(lines)).isEqualTo(new LogTransfer.ImportResult(0, 2, List.of()));
        assertThat(log.take(again)).isEqualTo(new LogTransfer.ImportResult(0, 2, List.of()));
    }

    @Test
    void comesBackWholeThoughItsTypesAreGoneAndStaysSealedAndLimited() {
        // Given
        var parcels = sent(FORMER, 2);
        var lines = parcels.export(true);
        var closed = parcels.export(false);
        var log = log(FORMER, ParcelLog.Declared.NOTHING);

        // When
        var taken = log.take(lines);

        // Then
        assertThat(taken).isEqualTo(new LogTransfer.ImportResult(4, 0, List.of()));
        assertThat(lines.toString()).contains("Elm Street 1", "Elmira");
        assertThat(log.fixture.texts("select data::text from event"))
                .hasSize(4)
                .noneMatch(data -> data.contains("Elm"));
        assertThat(without(log.export(true), "cursor")).isEqualTo(without(lines, "cursor"));
        assertThat(without(log.export(false), "cursor")).isEqualTo(without(closed, "cursor"));
        assertThat(log.fixture.texts("select type || ' ' || seconds from retention_period"))
                .containsExactly("parcel.scanned 2592000");
        assertThat(log.take(closed)).isEqualTo(new LogTransfer.ImportResult(0, 4, List.of()));
        assertThat(parcels.take(lines)).isEqualTo(new LogTransfer.ImportResult(0, 4, List.of()));
        log.fixture.execute("update event set data = '{}', sealed = null where type = 'parcel.scanned'");
        assertThat(log.take(lines)).isEqualTo(new LogTransfer.ImportResult(0, 4, List.of()));
        var clash = log.take(List.of(
                lines.get(1).deepCopy().put("id", lines.get(0).path("id").asText())));
        assertThat(clash.faults()).containsExactly("line 1: type is unknown", "line 1: " + NO_PROOF);
    }

    @Test
    void comesBackWholeThoughAnEventCannotBeConverted() {
        // Given
        var log = log(FORMER, ParcelLog.Declared.POSTS);
        assertThat(log.take(sentOnly(sent(FORMER, 2).export(true))).appended()).isEqualTo(2);
        log.fixture.execute("update event set data = data - 'grams' where subject_version = 1");

        // When
        var lines = log.export(true);
        var taken = log(FORMER, ParcelLog.Declared.POSTS);

        // Then
        assertThat(lines)
                .extracting(line -> line.path("dataversion").intValue())
                .containsExactly(1, 2);
        assertThat(log.take(lines)).isEqualTo(new LogTransfer.ImportResult(0, 2, List.of()));
        assertThat(taken.take(lines)).isEqualTo(new LogTransfer.ImportResult(2, 0, List.of()));
        assertThat(without(taken.export(true), "cursor")).isEqualTo(without(lines, "cursor"));
    }

    @Test
    void trustsNoLineThatWasChanged() {
        // Given
        var line = sent(FORMER, 1).export(true).get(1);
        var log = log(FORMER, ParcelLog.Declared.NOTHING);
        var changed = new ArrayList<ObjectNode>();
        line.fieldNames().forEachRemaining(name -> {
            if (!name.equals("cursor")) {
                changed.add(changed(line, name));
                changed.add(without(line, name));
            }
        });
        changed.add(line.deepCopy().put("actor", ParcelLog.ADA.toString()));

        // When
        var refused = log.take(changed);
        var moved = log.take(List.of(line.deepCopy().put("cursor", "another")));

        // Then
        assertThat(line.has("sensitive") && line.has("retention")).isTrue();
        assertThat(refused.appended()).isZero();
        for (var number = 1; number <= changed.size(); number++) {
            var start = "line " + number + ": ";
            var proof = changed.get(number - 1).has("proof");
            assertThat(refused.faults().stream().filter(fault -> fault.startsWith(start)))
                    .as(changed.get(number - 1).toString())
                    .isNotEmpty()
                    .anyMatch(fault -> fault.equals(start + NO_PROOF) == proof);
        }
        assertThat(moved.appended()).isEqualTo(1);
    }

    private static ObjectNode changed(ObjectNode line, String name) {
        var copy = line.deepCopy();
        var value = line.get(name);
        if (value.isNumber()) {
            return copy.put(name, value.intValue() + 1);
        }
        if (value instanceof ObjectNode) {
            copy.withObject("/" + name).put("parcel", "2");
            return copy;
        }
        var text = value.textValue();
        return copy.put(name, (text.startsWith("0") ? "1" : "0") + text.substring(1));
    }

    @Test
    void trustsTheFormerMasterKeyAfterARotationAndNoOtherKey() {
        // Given
        var lines = sent(FORMER, 1).export(false);
        var unsealed = sent("", 1).export(false);

        // When
        var rotated = log(PRESENT + "," + FORMER, ParcelLog.Declared.NOTHING).take(lines);
        var other = log(PRESENT, ParcelLog.Declared.NOTHING).take(lines);
        var another = log("", ParcelLog.Declared.NOTHING).take(unsealed);

        // Then
        assertThat(rotated).isEqualTo(new LogTransfer.ImportResult(2, 0, List.of()));
        assertThat(other.faults())
                .contains("line 1: type is unknown", "line 1: " + NO_PROOF)
                .hasSize(4);
        assertThat(another.faults()).isEqualTo(other.faults());
        assertThat(log(PRESENT, ParcelLog.Declared.PARCELS).take(lines).appended())
                .isEqualTo(2);
    }

    @Test
    void leavesErasedPeopleErased() {
        // Given
        var lines = sent(FORMER, 1).export(true);
        var log = log(FORMER, ParcelLog.Declared.NOTHING);
        log.fixture.execute("insert into subject_key (subject, master, destroyed_at) values ('user:" + ParcelLog.ADA
                + "', '', now())");

        // When
        var taken = log.take(lines);

        // Then
        assertThat(taken).isEqualTo(new LogTransfer.ImportResult(2, 0, List.of()));
        assertThat(log.export(true).toString()).contains("parcel.sent").doesNotContain("Elm");
    }
}
