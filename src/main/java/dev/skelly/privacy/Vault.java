package dev.skelly.privacy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.log.Sealing;
import dev.skelly.security.Aes;
import dev.skelly.security.MasterKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Seals sensitive fields while events are appended, each under the key of the subject it is about. Asks the database for the key each time:
 * one that was destroyed meanwhile is not used again.
 */
public final class Vault implements Sealing {

    private final SubjectKeys keys;
    private final Sealed form;

    /** Seals new subjects' keys under {@code master}, or leaves them unsealed where there is none. */
    public Vault(Optional<MasterKey> master, JsonMapper json) {
        this.keys = new SubjectKeys(master);
        this.form = new Sealed(json);
    }

    @Override
    public Future<List<Written>> seal(SqlClient sql, List<Plain> events) {
        var owners = new TreeSet<String>();
        events.stream().filter(form::concerns).forEach(event -> owners.add(owner(event)));
        return owners.isEmpty()
                ? Future.succeededFuture(events.stream().map(form::without).toList())
                : keys.findOrMake(sql, owners)
                        .map(found -> events.stream()
                                .map(event -> written(event, found))
                                .toList());
    }

    private static String owner(Plain event) {
        return Sealed.owner(event.subject(), event.channels());
    }

    private Written written(Plain event, Map<String, byte[]> found) {
        if (!form.concerns(event)) {
            return form.without(event);
        }
        var key = found.get(owner(event));
        var written = key == null ? form.without(event) : form.seal(event, new Aes(key));
        var digest = event.digest();
        return digest == null
                ? written
                : new Written(
                        written.data(), written.sealed(), key == null ? FORGOTTEN : ContentDigest.keyed(key, digest));
    }
}
