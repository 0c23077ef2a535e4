package dev.skelly.features.privacy;

import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Destroys again the keys of erased accounts, in case rows of an older backup were restored. */
public final class SubjectKeyDestruction implements LeaderTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(SubjectKeyDestruction.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Set<String> types;

    /**
     * Creates the task. It reads erasures from the log.
     *
     * @param types all names of the event that reports an erasure
     */
    public SubjectKeyDestruction(Set<String> types) {
        this.types = types;
    }

    @Override
    public String name() {
        return "key-shredding";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        return ErasureTable.shredTold(sql, types)
                .onSuccess(keys -> {
                    if (keys > 0) {
                        LOGGER.atWarn()
                                .addKeyValue("keys", keys)
                                .log("keys of erased accounts were restored, destroyed again");
                    }
                })
                .mapEmpty();
    }
}
