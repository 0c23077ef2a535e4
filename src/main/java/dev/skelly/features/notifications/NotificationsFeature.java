package dev.skelly.features.notifications;

import dev.skelly.auth.RoleTable;
import dev.skelly.auth.RoleView;
import dev.skelly.config.InvalidSettingsException;
import dev.skelly.event.Event;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.InvalidEventTypesException;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.view.EventViews;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Provides notifications: declared by the operator, listed, mailed, and switched off by people. */
public final class NotificationsFeature implements Feature {

    private final NotificationsConfig config;
    private final Supplier<EventViews> views;
    private final BooleanSupplier rightsKnown;

    /**
     * Creates the feature.
     *
     * @param views read only after the start
     * @param rightsKnown whether this node knows what roles may read at the moment
     */
    public NotificationsFeature(NotificationsConfig config, Supplier<EventViews> views, BooleanSupplier rightsKnown) {
        this.config = config;
        this.views = views;
        this.rightsKnown = rightsKnown;
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(NotificationEvent.class);
    }

    /** Throws {@link dev.skelly.config.InvalidSettingsException} with every error of the declarations. */
    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var kinds = NotificationFiles.read(config.dir(), platform.types(), config.language());
        var commands = platform.commands();
        platform.currentTypes().onChange(this::checked);
        registry.workers(
                new NotifyWorker(
                        kinds,
                        platform.currentTypes(),
                        new NoticeComposer(views, platform.clock(), config.language()),
                        commands,
                        new RecipientFinder(commands, views, config.recipientsMax()),
                        rightsKnown),
                new NotificationMailWorker(commands, platform.users(), platform.mail(), platform.publicUrl()));
        var events = new NoticeEvents(platform.currentTypes(), platform.ids());
        var digests = new DigestCommandHandlers(events, platform.clock(), platform.ids());
        digests.jobs(commands, config.retention()).forEach(registry::job);
        installHandlers(registry, platform, digests, events);
        registry.routes(new NotificationRoutes(commands).all());
        registry.personalData(new NotificationPersonalData());
    }

    /* The notifications of the start stay in use, so they must fit the next types. */
    private Runnable checked(EventTypeRegistry next) {
        try {
            var unused = NotificationFiles.read(config.dir(), next, config.language());
            return () -> {};
        } catch (InvalidSettingsException faulty) {
            throw new InvalidEventTypesException(faulty.faults());
        }
    }

    private void installHandlers(
            FeatureRegistry registry, Platform platform, DigestCommandHandlers digests, NoticeEvents events) {
        var notify = new NotifyHandler(events, platform.clock(), platform.ids(), config.keptMax());
        var changes = new NotificationCommandHandlers(platform.clock());
        registry.commands(List.of(CommandHandler.on(
                        "notifications.notify",
                        Notify.class,
                        Void.class,
                        (tx, notice) -> notify.notifyAll(tx, List.of(notice)))
                .many(notify::notifyAll)));
        registry.command(
                "notifications.change",
                NotificationChange.class,
                NotificationChange.ChangedNotifications.class,
                changes::change);
        registry.command(
                "notifications.close-digests", CloseDigests.class, CloseDigests.ClosedDigests.class, digests::close);
        registry.command(
                "notifications.delete-old",
                DeleteOldNotifications.class,
                DeleteOldNotifications.DeletedNotifications.class,
                digests::delete);
        registry.query(
                "notifications.list", ListNotifications.class, NotificationPage.class, NotificationListTable::page);
        registry.query(
                "notifications.read-channels",
                ReadChannels.class,
                ReadChannels.KnownChannels.class,
                EventChannelTable::read);
        registry.query("notifications.find-mail", FindMail.class, FindMail.FoundMail.class, DigestTable::mail);
        registry.query(
                "notifications.read-role-names",
                RecipientFinder.ReadRoleNames.class,
                RecipientFinder.RoleNames.class,
                (sql, query) -> RoleTable.views(sql)
                        .map(roles -> new RecipientFinder.RoleNames(
                                roles.stream().map(RoleView::name).toList())));
    }
}
