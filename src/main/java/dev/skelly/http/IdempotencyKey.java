package dev.skelly.http;

import dev.skelly.event.Hmac;
import dev.skelly.event.IdempotencyScope;
import dev.skelly.feature.Problem;
import dev.skelly.schema.CanonicalJson;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Derives digests that find a stored response, and the secret that encrypts it, from the caller's {@code Idempotency-Key}. All are derived by
 * one-way functions; the key itself is not passed on.
 *
 * @param key digest of caller and key
 * @param caller digest of the caller: the account, otherwise the address
 * @param request digest of method, path, query, CloudEvents attributes and the value of the body, which cannot be computed without the key:
 *     neither blanks nor the order of fields nor the spelling of numbers matters
 * @param former the same with the bytes of the body, by which earlier releases stored a request
 * @param seal base64 of 32 bytes. A secret
 */
record IdempotencyKey(String key, String caller, String request, String former, String seal) {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /**
     * Returns the key of a request; empty without one.
     *
     * @throws Problem 400 when it is malformed
     */
    static Optional<IdempotencyKey> of(RoutingContext context, RequestBody body) {
        var values = context.request().headers().getAll(HEADER);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1 || !FORM.matcher(values.get(0)).matches()) {
            throw Problem.malformed(
                    "idempotency-key",
                    "the Idempotency-Key must be one value of 1 to 255 visible characters without spaces, e.g. a UUID");
        }
        return Optional.of(of(context, values.get(0), body));
    }

    private static IdempotencyKey of(RoutingContext context, String value, RequestBody body) {
        var caller = text(RequestContext.caller(context)
                .map(principal -> "account " + principal.account())
                .orElseGet(() -> "address " + RequestContext.address(context)));
        var root = mac(text(value), caller);
        var asked = context.request().method() + " " + context.request().uri() + "\n" + attributes(context);
        var bytes = body.bytes().getBytes();
        return new IdempotencyKey(
                hex(mac(root, text("find"))),
                hex(mac(text("caller"), caller)),
                hex(mac(root, text("request"), text(asked), bytes.length == 0 ? bytes : value(body))),
                hex(mac(root, text("request"), text(asked), bytes)),
                Base64.getEncoder().encodeToString(mac(root, text("seal"))));
    }

    private static byte[] value(RequestBody body) {
        return text(CanonicalJson.text(body.document()));
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /* In a binary CloudEvent the headers are part of the content. */
    private static String attributes(RoutingContext context) {
        return context.request().headers().entries().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue() + "\n")
                .filter(header -> header.startsWith("ce-"))
                .sorted()
                .collect(Collectors.joining());
    }

    /** Returns the scope for commands of the run with this claim. */
    IdempotencyScope once(UUID claim) {
        return new IdempotencyScope(key, claim, seal);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(byte[] key, byte[]... parts) {
        var mac = Hmac.with(key);
        for (var part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** Omits the seal. */
    @Override
    public String toString() {
        return "IdempotencyKey[" + key + "]";
    }
}
