package dev.skelly.features.accounts.login;

import dev.skelly.features.accounts.SecretText;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device of an account, known by either of two signs.
 *
 * @param secret of its device cookie, or a text in its place that no cookie can carry
 * @param client digest of its network and User-Agent; null when only the cookie counts
 */
public record LoginDevice(
        UUID account, SecretText secret, @Nullable Buffer client) {}
