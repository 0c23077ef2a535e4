package dev.skelly.features.orders;

import dev.skelly.aggregate.AggregateRepository;
import dev.skelly.event.Event;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Feature;
import dev.skelly.feature.FeatureRegistry;
import dev.skelly.feature.Platform;
import dev.skelly.view.EventViews;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sells products: the example of an event-sourced feature. */
public final class OrdersFeature implements Feature {

    private final OrdersConfig config;
    private final Supplier<EventViews> views;

    /**
     * Creates the feature.
     *
     * @param views read only after the start
     */
    public OrdersFeature(OrdersConfig config, Supplier<EventViews> views) {
        this.config = config;
        this.views = views;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public List<Class<? extends Event>> events() {
        return List.of(OrderEvent.class, ProductEvent.class);
    }

    @Override
    public void install(FeatureRegistry registry, Platform platform) {
        var orders = AggregateRepository.of(new OrderAggregate(), platform);
        var handlers = new OrderCommandHandlers(orders);
        registry.command("orders.put-product", PutProduct.class, ProductTable.Product.class, handlers::put);
        registry.command("orders.place", PlaceOrder.class, handlers::place);
        registry.commands(
                List.of(CommandHandler.on("orders.change", ChangeOrder.class, OrderView.class, handlers::change)
                        .locking(handlers::lock)));
        registry.query("orders.find", FindOrder.class, OrderView.class, (sql, query) -> find(orders, sql, query));
        registry.query(
                "orders.list",
                ListOrders.class,
                ListOrders.OrderPage.class,
                (sql, query) -> OrderSummaryTable.page(sql, query).map(query::page));
        registry.query(
                "orders.read-history",
                OrderHistory.class,
                OrderHistory.Events.class,
                (sql, query) -> OrderSummaryTable.history(sql, query.id()).map(OrderHistory.Events::new));
        registry.query(
                "orders.list-products",
                ListProducts.class,
                ListProducts.ProductPage.class,
                (sql, query) ->
                        ProductTable.page(sql, query.after(), query.limit() + 1).map(query::page));
        registry.query(
                "orders.list-sales",
                ListSales.class,
                ListSales.SalesPage.class,
                (sql, query) -> SalesProjection.days(sql, query.before(), query.limit() + 1)
                        .map(query::page));
        registry.projections(new OrderSummaryProjection(), new SalesProjection());
        registry.process(new OrderProcess(config.payWithin()));
        registry.routes(new OrderRoutes(platform, views).all());
        registry.routes(new ProductRoutes(platform.commands()).all());
        registry.route(new SalesRoute(platform).route());
    }

    private static Future<OrderView> find(
            AggregateRepository<Order, OrderEvent> orders, SqlClient sql, FindOrder query) {
        var id = query.id().toString();
        var found = query.position() == null && query.time() == null
                ? orders.load(sql, id)
                : orders.load(sql, id, until(query.position(), query.time()));
        return found.map(order -> OrderView.of(query.id(), order));
    }

    private static Predicate<StoredEvent> until(@Nullable Long position, @Nullable Instant time) {
        return event -> (position == null || (event.position() > 0 && event.position() <= position))
                && (time == null || !event.time().isAfter(time));
    }
}
