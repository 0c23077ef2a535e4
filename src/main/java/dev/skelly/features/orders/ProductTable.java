package dev.skelly.features.orders;

import dev.skelly.feature.EntityTag;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code product}. */
final class ProductTable {

    private static final String COLUMNS = "select sku, name, price_cents, stock, held from product ";
    private static final String LOCK = COLUMNS + "where sku = any ($1) order by sku for update";
    /* By the first event of each order, which is sequenced when a later one comes to a process. */
    private static final String LOCK_OF_ORDERS = """
            select sku from product
            where sku in (
              select item ->> 'sku'
              from event, jsonb_array_elements(data -> 'items') as item
              where subject = any ($1) and type = 'order.placed' and position is not null)
            order by sku
            for update
            """;

    private static final String PAGE = COLUMNS + "where ($1::text is null or sku > $1) order by sku limit $2";

    private static final String PUT = """
            insert into product as p (sku, name, price_cents, stock)
            values ($1, $2, $3, $4)
            on conflict (sku) do update set name = excluded.name, price_cents = excluded.price_cents, stock = excluded.stock
            where not $5
            returning sku, name, price_cents, stock, held
            """;

    private static final String CHANGE = """
            update product set stock = product.stock + change.sign_stock * change.quantity, held = product.held + change.sign_held * change.quantity
            from (select sku, quantity, $3::int as sign_stock, $4::int as sign_held from unnest($1::text[], $2::int[]) as c (sku, quantity)) as change
            where product.sku = change.sku
            """;

    private ProductTable() {}

    /**
     * A product.
     *
     * @param stock number of pieces in the warehouse
     * @param held how many of them are promised to orders; more than there are when the stock was corrected
     */
    record Product(String sku, String name, int priceCents, int stock, int held) {

        int available() {
            return Math.max(0, stock - held);
        }
    }

    static Future<Product> put(SqlClient sql, PutProduct product) {
        return sql.preparedQuery(PUT)
                .execute(Tuple.of(
                        product.sku(), product.name(), product.priceCents(), product.stock(), product.mustBeNew()))
                .map(rows ->
                        rows.stream().findFirst().map(ProductTable::product).orElseThrow(EntityTag::exists));
    }

    /** Locks products in the order of their names until the transaction ends; unknown ones are left out. */
    static Future<Map<String, Product>> lock(SqlClient sql, Collection<String> skus) {
        return sql.preparedQuery(LOCK)
                .execute(Tuple.of(skus.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .map(ProductTable::product)
                        .collect(Collectors.toMap(Product::sku, Function.identity())));
    }

    /** Locks the products of orders in the order of their names until the transaction ends. */
    static Future<Void> lockOfOrders(SqlClient sql, Collection<UUID> orders) {
        var subjects = orders.stream().map(id -> "order:" + id).toArray(String[]::new);
        return sql.preparedQuery(LOCK_OF_ORDERS)
                .execute(Tuple.tuple().addArrayOfString(subjects))
                .mapEmpty();
    }

    /** Changes locked products by the effect of an order's change. */
    static Future<Void> change(SqlClient sql, List<OrderEvent.Item> items, StockEffect effect) {
        if (effect == StockEffect.NONE) {
            return Future.succeededFuture();
        }
        return sql.preparedQuery(CHANGE)
                .execute(Tuple.tuple()
                        .addArrayOfString(
                                items.stream().map(OrderEvent.Item::sku).toArray(String[]::new))
                        .addArrayOfInteger(
                                items.stream().map(OrderEvent.Item::quantity).toArray(Integer[]::new))
                        .addInteger(effect.stock())
                        .addInteger(effect.held()))
                .mapEmpty();
    }

    static Future<List<Product>> page(SqlClient sql, @Nullable String after, int limit) {
        return sql.preparedQuery(PAGE)
                .execute(Tuple.of(after, limit))
                .map(rows -> rows.stream().map(ProductTable::product).toList());
    }

    private static Product product(Row row) {
        return new Product(
                row.getString("sku"),
                row.getString("name"),
                row.getInteger("price_cents"),
                row.getInteger("stock"),
                row.getInteger("held"));
    }
}
