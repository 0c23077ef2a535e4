package dev.skelly.features.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skelly.config.InvalidSettingsException;
import dev.skelly.declaration.EventTypeFiles;
import dev.skelly.event.EventTypeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationFilesTest {

    private static final String TYPES = """
            types:
              - name: order.sent
                meaning: An order is on its way.
                data:
                  type: object
                  properties: {orderId: {type: string}, buyer: {type: string}, street: {type: string}}
                audience: ["user:{buyer}"]
                sensitive: [street]
                emit: [admin]
                subject: "order:{orderId}"
            topics:
              - {pattern: "topic:order/{order}", read: [staff]}
              - {pattern: "topic:own/{user}", read: [user]}
            """;

    private static final String GOOD = """
            notifications:
              - kind: order-sent
                meaning: An order is on its way.
                on: [order.sent]
                to: {person: buyer}
                text:
                  en: {title: "Order {orderId} was sent", body: "{count} parcels"}
                  pt-BR: {title: "Pedido {orderId}"}
                link: /orders/{orderId}
                channels: [in-app, mail]
                digest: {every: 10m}
                group: "{orderId}"
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<NotificationKind> read(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        var types = Files.createDirectories(folder.resolve("types"));
        Files.writeString(types.resolve("a.yaml"), TYPES);
        var declared = new EventTypeFiles().folder(types);
        return NotificationFiles.read(
                folder, EventTypeRegistry.of(Map.of(), declared.declared()), NotificationsConfig.DEFAULT.language());
    }

    private List<String> faults(Map<String, String> files) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> read(files)).faults().stream()
                .map(fault -> fault.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void readsEveryKey() throws IOException {
        // When
        var kind = read(Map.of("a.yaml", GOOD)).get(0);

        // Then
        assertThat(kind.texts()).containsOnlyKeys("en", "pt-BR");
        assertThat(kind.to()).isEqualTo(new Receiver.Person("buyer"));
        assertThat(kind.fields()).containsExactly("orderId");
        assertThat(kind.digest().every()).hasMinutes(10);
        assertThat(kind.inApp() && kind.mail()).isTrue();
    }

    @Test
    void aMissingFolderIsEmpty() {
        assertThat(NotificationFiles.read(folder.resolve("none"), EventTypeRegistry.of(Map.of()), "en"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [order.sent]            | [order.send]               | #/notifications/0/on/0 order.send is not an event type (expected: a known type, perhaps order.sent)
            [order.sent]            | [notification.read]        | #/notifications/0/on/0 notification.read is an event of notifications (expected: another event type)
            {person: buyer}         | {person: seller}           | #/notifications/0/to/person seller is not a field of order.sent; there are [buyer, orderId, street]
            {person: buyer}         | {person: buyer, role: x}   | #/notifications/0/to must have one of person, role and readers
            {person: buyer}         | {role: Staff}              | #/notifications/0/to/role must be a role, in lower-case words joined by hyphens
            {person: buyer}         | {readers: "topic:shop/{orderId}"} | #/notifications/0/to/readers topic:shop/{orderId} is not a declared topic
            {person: buyer}         | {readers: "topic:own/{buyer}"} | #/notifications/0/to/readers topic:own/{buyer} is read by one person (expected: to: {person: …})
            Order {orderId} was     | Order {number} was         | #/notifications/0/text/en/title number is not a field of order.sent; there are [buyer, orderId, street]
            Order {orderId} was     | Order {street} was         | #/notifications/0/text/en/title street of order.sent is encrypted in the log, and a notification is not (expected: another field)
            Order {orderId} was     | Order {orderId was         | #/notifications/0/text/en/title has a brace that is not part of a placeholder such as {name}
            pt-BR:                  | xx:                        | #/notifications/0/text/xx xx is not a language (expected: a tag such as en or pt-BR)
            en: {title              | de: {title                 | #/notifications/0/text must have the language en, for people who chose none (notifications.language)
            /orders/{orderId}       | //evil.example/{orderId}   | #/notifications/0/link must be a path on this site, such as /orders/{orderId}
            /orders/{orderId}       | https://evil.example       | #/notifications/0/link must be a path on this site, such as /orders/{orderId}
            "{orderId}"             | "{count}"                  | #/notifications/0/group count is not a field of order.sent; there are [buyer, orderId, street]
            {every: 10m}            | {every: 10m, dailyAt: 7}   | #/notifications/0/digest must have one of every and dailyAt
            kind: order-sent        | kind: Order_Sent           | #/notifications/0/kind must be lower-case words joined by hyphens, such as account-security
            """)
    void namesWhatIsWrong(String right, String wrong, String fault) {
        assertThat(faults(Map.of("a.yaml", GOOD.replace(right, wrong)))).containsExactly("a.yaml: " + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            link:             | links:            | #/notifications/0/links
            [in-app, mail]    | [in-app, sms]     | #/notifications/0/channels/1
            {every: 10m}      | {every: 2h}       | #/notifications/0/digest/every
            {every: 10m}      | {dailyAt: 24}     | #/notifications/0/digest/dailyAt
            title: "Order     | titel: "Order     | #/notifications/0/text/en/titel
            notifications:    | notification:     | #/notification
            """)
    void namesWhatHasAnotherShape(String right, String wrong, String place) {
        assertThat(faults(Map.of("a.yaml", GOOD.replace(right, wrong))))
                .anyMatch(fault -> fault.startsWith("a.yaml: " + place + " "));
    }

    @Test
    void namesAllErrorsOfAllFilesAtOnce() {
        // When
        var faults = faults(Map.of(
                "a.yaml",
                GOOD.replace("[order.sent]", "[order.send]").replace("en: {title", "de: {title"),
                "b.yaml",
                GOOD,
                "c.yaml",
                "notifications: ["));

        // Then
        assertThat(faults)
                .hasSize(4)
                .anyMatch(fault -> fault.startsWith("a.yaml: #/notifications/0/on/0 "))
                .anyMatch(fault -> fault.startsWith("a.yaml: #/notifications/0/text "))
                .anyMatch(fault -> fault.startsWith("b.yaml: #/notifications/0/kind has the name order-sent of "))
                .anyMatch(fault -> fault.startsWith("c.yaml: is no YAML"));
    }
}
