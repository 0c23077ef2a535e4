package dev.skelly.features.payments;

import dev.skelly.feature.Access;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.feature.Request;
import dev.skelly.feature.Response;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the provider's messages about charges and refunds, at {@code /api/payments/webhook}. A repeated message has no second effect. */
final class WebhookRoute {

    private static final Logger LOGGER = LoggerFactory.getLogger(WebhookRoute.class);
    private static final int TEXT_MAX = 200;
    private static final RateLimit LIMIT = RateLimit.perNetwork("payment-webhook", 1_200, Duration.ofMinutes(1));

    private final CommandBus commands;
    private final Optional<WebhookSignature> signature;

    /**
     * Creates the route.
     *
     * @param signature empty if no secret is set
     */
    WebhookRoute(CommandBus commands, Optional<WebhookSignature> signature) {
        this.commands = commands;
        this.signature = signature;
    }

    Route route() {
        return Route.of(
                        "POST",
                        "/api/payments/webhook",
                        Access.ANYONE,
                        "Take a message of the payment provider",
                        this::take)
                .detailed("Signed by [Standard Webhooks](https://www.standardwebhooks.com) with the secret of "
                        + "`payments.webhook-secret`, at most five minutes ago. The types are `charge.charged` with an "
                        + "`id`, `charge.declined` with a `reason`, and `refund.refunded`; other types and unknown references "
                        + "have no effect.")
                .parameter(
                        Parameter.header("webhook-id", "Identifies the message."),
                        Parameter.header("webhook-timestamp", "When it was signed, in seconds since 1970."),
                        Parameter.header(
                                "webhook-signature", "One or more signatures `v1,<Base64>`, separated by spaces."))
                .body(BodySchema.of(
                        BodySchema.text("type", 1, TEXT_MAX),
                        BodySchema.text("reference", 1, TEXT_MAX),
                        BodySchema.text("id", 1, TEXT_MAX).optional(),
                        BodySchema.text("reason", 0, TEXT_MAX).optional()))
                .limited(LIMIT)
                .response(ResponseDescription.empty(204))
                .problem(
                        Problem.Kind.UNAUTHENTICATED,
                        "wrong-signature",
                        "the signature does not fit the message or is too old")
                .problem(Problem.Kind.NOT_FOUND, "not-found", "no secret is set, so webhooks are not used");
    }

    private Future<Response> take(Request request) {
        var check = signature.orElseThrow(() -> Problem.notFound("webhooks are not used"));
        if (!check.matches(request)) {
            throw Problem.unauthenticated("wrong-signature", "the signature is not valid");
        }
        var message = request.body(WebhookMessage.class);
        var command = message.command();
        if (command.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("type", message.type())
                    .log("a message of the payment provider has no effect: it is of another type or about no order");
            return Future.succeededFuture(Response.noContent());
        }
        return commands.send(command.get(), request.cause()).map(done -> Response.noContent());
    }
}
