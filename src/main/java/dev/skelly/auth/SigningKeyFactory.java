package dev.skelly.auth;

import dev.skelly.crypto.MasterKey;
import io.vertx.core.buffer.Buffer;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates signing keys, encrypted if there is a master key. */
public final class SigningKeyFactory {

    /** Both halves of a key. */
    public record NewKey(SigningKeyTable.StoredSigningKey stored, JsonWebKey jwk) {}

    private final Optional<MasterKey> masterKey;
    private final Supplier<UUID> ids;

    public SigningKeyFactory(Optional<MasterKey> masterKey, Supplier<UUID> ids) {
        this.masterKey = masterKey;
        this.ids = ids;
    }

    public NewKey make() {
        var kid = ids.get().toString();
        var pair = Es256.newKey();
        var pkcs8 = Buffer.buffer(pair.getPrivate().getEncoded());
        var stored = new SigningKeyTable.StoredSigningKey(
                kid, masterKey.map(master -> master.seal(pkcs8, kid)).orElse(pkcs8), masterKey.isPresent());
        return new NewKey(stored, Es256.jwk(kid, (ECPublicKey) pair.getPublic()));
    }
}
