package dev.skelly.features.privacy;

import dev.skelly.crypto.FindSubjectKeys;
import dev.skelly.crypto.MasterKey;
import dev.skelly.crypto.OpenedSubjectKeys;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.crypto.SubjectKeys;
import dev.skelly.event.EventType;
import dev.skelly.eventlog.RetentionPeriods;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Manages the keys that encrypt personal data in the log. */
public final class PrivacyFeature implements Feature {

    private static final String ERASURE = "user.deleted";

    private final SubjectKeys keys;
    private final PrivacyConfig config;
    private final Path folder;
    private final RepeatedErasures repeated;

    /** Erases accounts again that an older backup restored. */
    @FunctionalInterface
    public interface RepeatedErasures {

        /** Erases those of these accounts that exist. Returns how many existed. */
        Future<Integer> erase(CommandBus commands, Supplier<UUID> ids, Collection<UUID> accounts);
    }

    /**
     * Creates the feature.
     *
     * @param master needed only where queries are handled
     * @param folder the data folder, for the journal of erasures
     */
    public PrivacyFeature(Optional<MasterKey> master, PrivacyConfig config, Path folder, RepeatedErasures repeated) {
        this.keys = new SubjectKeys(master);
        this.config = config;
        this.folder = folder;
        this.repeated = repeated;
    }

    @Override
    public String name() {
        return "privacy";
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        registry.query(
                "privacy.find-keys",
                FindSubjectKeys.class,
                OpenedSubjectKeys.class,
                (sql, query) -> keys.find(sql, query.subjects()).map(OpenedSubjectKeys::new));
        registry.personalData(new PersonalEvents(keys, platform.currentTypes()));
        registry.startupStep(sql -> UndeclaredTypes.warn(sql, platform.types()));
        registry.leaderTask(
                new RetentionCleanup(new RetentionPeriods(platform.currentTypes(), platform.clock()), config));
        var erasures =
                platform.types().named(ERASURE).map(PrivacyFeature::names).orElse(Set.of());
        if (!erasures.isEmpty()) {
            var journal = new ErasureJournal(config.erasureFile(folder));
            registry.leaderTask(new ErasureRecorder(platform.vertx(), journal, erasures));
            registry.leaderTask(new SubjectKeyDestruction(erasures));
            registry.startupStep(sql -> repeat(sql, journal, platform));
        }
    }

    /* A restored backup may have brought back the keys, too. */
    private Future<?> repeat(SqlClient sql, ErasureJournal journal, Platform platform) {
        return platform.vertx()
                .executeBlocking(journal::accounts)
                .compose(accounts -> accounts.isEmpty()
                        ? Future.succeededFuture(0)
                        : ErasureTable.shred(sql, accounts)
                                .compose(shred -> repeated.erase(platform.commands(), platform.ids(), accounts)));
    }

    private static Set<String> names(EventType type) {
        return Stream.concat(type.formerly().stream(), Stream.of(type.name())).collect(Collectors.toUnmodifiableSet());
    }
}
