package dev.skelly.features.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.Hmac;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Proves where a line comes from (decision note 0417): HMAC-SHA256 over the canonical form of all its attributes and its data, except the cursor
 * and the proof itself. Safe on any thread.
 */
final class LineProof {

    private static final String PURPOSE = "skelly export line";
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"); // 43 characters carry 258 bits; the last 2 are 0.
    private static final List<String> UNCOVERED = List.of(CloudEventAttributes.CURSOR, CloudEventAttributes.PROOF);

    private final List<byte[]> keys;

    private LineProof(List<byte[]> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Creates proofs whose keys derive from the master keys: the first one signs, and each of them is accepted. Without a master key, the key
     * derives from that of the log's cursors.
     */
    static LineProof of(Optional<MasterKey> master, CursorCodec log) {
        return new LineProof(master.map(keys -> keys.derive(PURPOSE)).orElseGet(() -> List.of(log.derive(PURPOSE))));
    }

    /** Returns the proof of a line: 43 characters of base64url. */
    String sign(ObjectNode line) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Hmac.with(keys.get(0)).doFinal(covered(line)));
    }

    /** Checks the proof of a line. A proof that is null counts as absent. */
    LineOrigin origin(ObjectNode line) {
        var proof = line.path(CloudEventAttributes.PROOF);
        if (proof.isMissingNode() || proof.isNull()) {
            return LineOrigin.UNPROVED;
        }
        if (!proof.isTextual() || !FORM.matcher(proof.textValue()).matches()) {
            return LineOrigin.MALFORMED;
        }
        var claimed = Base64.getUrlDecoder().decode(proof.textValue());
        var covered = covered(line);
        return keys.stream()
                        .anyMatch(key -> MessageDigest.isEqual(Hmac.with(key).doFinal(covered), claimed))
                ? LineOrigin.OWN
                : LineOrigin.FOREIGN;
    }

    private static byte[] covered(ObjectNode line) {
        var covered = line.objectNode();
        covered.setAll(line);
        covered.remove(UNCOVERED);
        return CanonicalJson.text(covered).getBytes(StandardCharsets.UTF_8);
    }
}
