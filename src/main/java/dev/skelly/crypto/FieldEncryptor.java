package dev.skelly.crypto;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Audience;
import dev.skelly.eventlog.FieldSealing;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Encrypts sensitive fields while events are appended, each with the key of the person it is about. Rejects fields that are about no person,
 * because no erasure would reach them. Reads the key from the database each time, so a key that was destroyed is not used again.
 */
public final class FieldEncryptor implements FieldSealing {

    private final SubjectKeys keys;
    private final SealedFieldsCodec form;

    /** Creates the encryptor. New subject keys are encrypted with {@code master}, or stored unencrypted without one. */
    public FieldEncryptor(Optional<MasterKey> master, JsonMapper json) {
        this.keys = new SubjectKeys(master);
        this.form = new SealedFieldsCodec(json);
    }

    @Override
    public Future<List<SealedJson>> seal(SqlClient sql, List<Plain> events) {
        return Future.succeededFuture(events)
                .map(plain -> plain.stream().map(form::parse).toList())
                .compose(parsed -> seal(sql, parsed, owners(parsed)));
    }

    private static Set<String> owners(List<SealedFieldsCodec.ParsedPlain> events) {
        return events.stream()
                .filter(SealedFieldsCodec.ParsedPlain::sensitive)
                .map(plain -> owner(plain.event()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Future<List<SealedJson>> seal(
            SqlClient sql, List<SealedFieldsCodec.ParsedPlain> events, Set<String> owners) {
        return owners.isEmpty()
                ? Future.succeededFuture(events.stream()
                        .map(SealedFieldsCodec.ParsedPlain::without)
                        .toList())
                : keys.findOrMake(sql, owners)
                        .map(found -> events.stream()
                                .map(plain -> written(plain, found))
                                .toList());
    }

    private static String owner(Plain event) {
        return Audience.person(event.subject(), event.channels())
                .orElseThrow(() -> new IllegalArgumentException(
                        "sensitive fields of " + event.type().name() + " with subject "
                                + event.subject() + " and channels " + event.channels()
                                + " (expected: one person, as the subject or by the only user: channel)"));
    }

    private SealedJson written(SealedFieldsCodec.ParsedPlain plain, Map<String, byte[]> found) {
        if (!plain.sensitive()) {
            return plain.without();
        }
        var key = found.get(owner(plain.event()));
        var written = key == null ? plain.without() : form.seal(plain, new AesGcm(key));
        var digest = written.digest();
        return digest == null
                ? written
                : new SealedJson(
                        written.data(), written.sealed(), key == null ? FORGOTTEN : ContentDigest.keyed(key, digest));
    }
}
