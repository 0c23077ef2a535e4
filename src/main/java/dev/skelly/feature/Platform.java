package dev.skelly.feature;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.LogSource;
import dev.skelly.mail.MailSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a feature may use. Classes of a feature take from it only what they need.
 *
 * @param vertx for timers and blocking work; messages travel as commands and events only
 * @param environment clock, ids, JSON and metrics of this node
 * @param commands sends commands and queries, from every node
 * @param currentTypes every event type of the program; {@link #types} are those of now
 * @param log reads the event log, from every node
 * @param audit records security acts
 * @param users tells who an account is
 * @param mail sends mails
 * @param publicUrl how browsers reach the application; read when it is needed, because a free port is known only after the start
 * @param web calls other services; the caller sets the timeout of each request
 * @param values the settings of this feature; null when it has none
 */
public record Platform(
        Vertx vertx,
        NodeEnvironment environment,
        CommandBus commands,
        CurrentEventTypes currentTypes,
        LogSource log,
        AuditLog audit,
        UserDirectory users,
        MailSender mail,
        Supplier<URI> publicUrl,
        WebClient web,
        @Nullable Record values) {

    /**
     * Returns the settings of this feature.
     *
     * @param type the class of the record in {@link Feature#settings}
     * @throws IllegalStateException when the feature declares no settings of this class
     */
    public <T extends Record> T settings(Class<T> type) {
        if (!type.isInstance(values)) {
            throw new IllegalStateException(
                    "no settings of " + type.getName() + " (expected: the class of the record in Feature.settings)");
        }
        return type.cast(values);
    }

    /** Returns this platform with the settings of a feature. */
    public Platform with(@Nullable Record settings) {
        return new Platform(
                vertx, environment, commands, currentTypes, log, audit, users, mail, publicUrl, web, settings);
    }

    /** Returns every event type of the program as it is now. Declarations may change while the node runs. */
    public EventTypeRegistry types() {
        return currentTypes.get();
    }

    /** Returns the clock of the node. */
    public Clock clock() {
        return environment.clock();
    }

    /** Returns the source of new ids, UUIDv7. */
    public Supplier<UUID> ids() {
        return environment.ids();
    }

    /** Returns the source of random delays; not for secrets. */
    public RandomGenerator random() {
        return environment.random();
    }

    /** Returns the reader and writer of JSON. */
    public JsonMapper json() {
        return environment.json();
    }

    /** Returns the metrics of the node. */
    public MeterRegistry meters() {
        return environment.meters();
    }
}
