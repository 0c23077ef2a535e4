package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Audience;
import dev.skelly.event.ChannelTemplate;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.BatchWorker;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.Ids;
import dev.skelly.feature.RecipientDirectory.Recipient;
import dev.skelly.feature.WorkResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Notifies people of the events that the operator has declared. */
final class NotifyWorker implements BatchWorker {

    private final List<NotificationKind> kinds;
    private final Set<String> names;
    private final Supplier<EventTypeRegistry> types;
    private final NoticeComposer composer;
    private final CommandBus commands;
    private final RecipientFinder recipients;
    private final BooleanSupplier rightsKnown;

    /**
     * Creates the worker.
     *
     * @param rightsKnown whether this node knows what roles may read at the moment
     */
    NotifyWorker(
            List<NotificationKind> kinds,
            Supplier<EventTypeRegistry> types,
            NoticeComposer composer,
            CommandBus commands,
            RecipientFinder recipients,
            BooleanSupplier rightsKnown) {
        this.kinds = List.copyOf(kinds);
        this.names = kinds.stream().flatMap(kind -> kind.types().stream()).collect(Collectors.toUnmodifiableSet());
        this.types = types;
        this.composer = composer;
        this.commands = commands;
        this.recipients = recipients;
        this.rightsKnown = rightsKnown;
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public Set<String> types() {
        return names;
    }

    @Override
    public boolean commandsOnly() {
        return true;
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return workAll(List.of(delivery)).map(results -> results.get(0));
    }

    /* An event for a kind, with where it goes. */
    private record Case(NotificationKind kind, NoticeCause cause, Destination destination) {}

    /* To an account, to the holders of a role, or to the readers of a channel; all empty when the event names none. */
    private record Destination(Optional<UUID> account, Optional<String> role, Optional<String> channel) {
        private static final Destination NONE = new Destination(Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Future<List<WorkResult>> workAll(List<EventDelivery> deliveries) {
        if (!rightsKnown.getAsBoolean()) {
            return Future.failedFuture("rights cannot be checked at the moment");
        }
        var ids = deliveries.stream().map(EventDelivery::id).toList();
        return commands.query(new ReadChannels(ids)).compose(known -> {
            var cases = new LinkedHashMap<UUID, List<Case>>();
            deliveries.forEach(delivery -> cases.put(delivery.id(), cases(delivery, known)));
            return notices(cases).map(results -> ids.stream().map(results::get).toList());
        });
    }

    private Future<Map<UUID, WorkResult>> notices(Map<UUID, List<Case>> cases) {
        var all = cases.values().stream().flatMap(List::stream).toList();
        var accounts = all.stream()
                .flatMap(each -> each.destination().account().stream())
                .collect(Collectors.toSet());
        return recipients.people(accounts).compose(people -> {
            var groups = new LinkedHashMap<Destination, Future<List<Recipient>>>();
            all.forEach(each -> groups.computeIfAbsent(each.destination(), place -> found(place, people)));
            return Future.all(new ArrayList<>(groups.values())).map(found -> {
                var results = new LinkedHashMap<UUID, WorkResult>();
                cases.forEach((event, each) -> results.put(event, result(each, groups)));
                return results;
            });
        });
    }

    private List<Case> cases(EventDelivery event, ReadChannels.KnownChannels known) {
        var type = types.get().named(event.type()).orElse(null);
        if (type == null) {
            return List.of();
        }
        var channels = known.byEvent().getOrDefault(event.id(), List.of());
        var cause = new NoticeCause(event, type, channels, NoticeJson.read(event.data()));
        return kinds.stream()
                .filter(kind -> kind.types().contains(event.type()))
                .map(kind -> new Case(kind, cause, destination(kind.to(), cause)))
                .toList();
    }

    private static Destination destination(Receiver to, NoticeCause cause) {
        if (to instanceof Receiver.Holders holders) {
            return new Destination(Optional.empty(), Optional.of(holders.role()), Optional.empty());
        }
        if (to instanceof Receiver.Readers readers) {
            return channel(readers.topic(), cause.data())
                    .map(channel -> new Destination(Optional.empty(), Optional.empty(), Optional.of(channel)))
                    .orElse(Destination.NONE);
        }
        return new Destination(
                person(((Receiver.Person) to).named(), cause.event(), cause.data()),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> channel(ChannelTemplate topic, JsonNode data) {
        var values = topic.slots().stream()
                .collect(Collectors.toMap(slot -> slot, slot -> data.path(slot).asText()));
        return topic.fill(values, Optional.empty());
    }

    private static Optional<UUID> person(String named, EventDelivery event, JsonNode data) {
        return switch (named) {
            case Receiver.SUBJECT -> Audience.person(event.subject(), List.of()).map(Audience::account);
            case Receiver.ACTOR -> Optional.ofNullable(event.actor());
            default -> Ids.read(data.path(named).asText());
        };
    }

    private Future<List<Recipient>> found(Destination place, Map<UUID, Recipient> people) {
        if (place.role().isPresent()) {
            return recipients.holders(place.role().get());
        }
        if (place.channel().isPresent()) {
            return recipients.readers(place.channel().get());
        }
        return Future.succeededFuture(place.account().map(people::get).stream().toList());
    }

    private WorkResult result(List<Case> cases, Map<Destination, Future<List<Recipient>>> groups) {
        var notices = new ArrayList<Notify>();
        for (var each : cases) {
            var people = groups.getOrDefault(each.destination(), Future.succeededFuture(List.of()))
                    .result();
            if (people.size() > recipients.most()) {
                return WorkResult.reject(each.kind().name() + ": more than " + recipients.most()
                        + " people (notifications.recipients-max)");
            }
            var topic = each.destination().channel().orElse(null);
            people.forEach(person ->
                    composer.compose(each.kind(), each.cause(), person, topic).ifPresent(notices::add));
        }
        return WorkResult.done(notices.toArray(Notify[]::new));
    }
}
