package dev.skelly.features.payments;

import dev.skelly.aggregate.AggregateRepository;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the payments of orders, and gives those of cancelled ones back. */
public final class PaymentsFeature implements Feature {

    private static final Logger LOGGER = LoggerFactory.getLogger(PaymentsFeature.class);

    private final PaymentsConfig settings;

    /** Creates the feature. */
    public PaymentsFeature(PaymentsConfig settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(PaymentEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var payments = AggregateRepository.of(new PaymentAggregate(), platform);
        var gateway = gateway(platform);
        registry.commands(new PaymentCommandHandlers(payments, platform.clock()).all());
        registry.workers(
                new RequestPaymentWorker(), new ChargePaymentWorker(gateway), new RefundPaymentWorker(gateway));
        registry.leaderTask(
                new PaymentReconciliation(gateway, payments, platform.commands(), platform.clock(), platform.ids()));
        var secret = Optional.of(settings.webhookSecret().value()).filter(text -> !text.isEmpty());
        registry.route(new WebhookRoute(platform.commands(), secret.map(WebhookSignature::new)).route());
    }

    private PaymentGateway gateway(Platform platform) {
        var key = settings.key().value();
        return settings.url()
                .<PaymentGateway>map(
                        url -> new HttpGateway(platform.web(), platform.json(), url, key, settings.timeout()))
                .orElseGet(() -> new SandboxGateway(
                        platform.vertx(),
                        platform.clock(),
                        settings.sandboxDelay(),
                        (order, result) -> report(platform, order, result)));
    }

    /* Like a webhook, it may be lost: the reconciliation asks for the result then. */
    private static void report(Platform platform, UUID order, ChargeResult result) {
        CommandBus commands = platform.commands();
        RecordCharge.of(order, result)
                .ifPresent(command -> commands.send(
                                command, CommandContext.fresh(platform.ids().get()))
                        .onFailure(failure -> LOGGER.atInfo()
                                .addKeyValue("order", order)
                                .log("a late result of the sandbox was not recorded: {}", failure.getMessage())));
    }
}
