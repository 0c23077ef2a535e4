package dev.skelly.features.accounts.mail;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.features.accounts.EmailAddress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Request body that asks for a mail to an address. The response does not depend on whether the address has an account. */
public record MailRequest(String email) {

    public static final BodySchema SHAPE = BodySchema.of(EmailAddress.field());

    public static final ResponseDescription ANSWER =
            ResponseDescription.empty(204).meaning("The same whether or not the address has an account.");

    private static final int LETTERS = 3;
    private static final Duration LETTERS_PERIOD = Duration.ofMinutes(15);
    private static final int WISHES = 20;

    /**
     * Checks what the schema cannot.
     *
     * @throws Problem when the address is invalid
     */
    public MailRequest {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** Limits requests for one mailbox per network, so that other networks do not use it up. */
    public static RateLimit limit(String name) {
        return RateLimit.perNetwork(
                name,
                LETTERS,
                LETTERS_PERIOD,
                request -> new EmailAddress(request.body(MailRequest.class).email()).mailbox());
    }

    /** Limits requests for all addresses per network. */
    public static RateLimit limitOfPlace(String name) {
        return RateLimit.perNetwork(name, WISHES, LETTERS_PERIOD);
    }

    /* The response has no position, because the position would reveal whether an event was written. */
    public static Future<Response> ask(
            CommandBus commands, Supplier<UUID> ids, Request request, RequestMail.MailKind kind) {
        var form = request.body(MailRequest.class);
        return commands.send(new RequestMail(ids.get(), form.email(), kind), request.cause())
                .map(done -> Response.noContent());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "MailRequest[]";
    }
}
