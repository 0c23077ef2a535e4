package dev.skelly.features.orders;

import dev.skelly.feature.Query;
import dev.skelly.feature.SchemaName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists products by their skus.
 *
 * @param after only those behind this one; null starts at the beginning
 * @param limit the maximum number
 */
record ListProducts(@Nullable String after, int limit) implements Query<ListProducts.ProductPage> {

    /**
     * A page of products.
     *
     * @param nextCursor the {@code cursor} of the next page; null on the last
     */
    @SchemaName("ProductPage")
    record ProductPage(List<ProductView> items, @Nullable String nextCursor) {}

    /**
     * A product.
     *
     * @param stock number of pieces in the warehouse
     * @param available how many of them are held for no order
     */
    @SchemaName("Product")
    record ProductView(String sku, String name, int priceCents, int stock, int available) {

        static ProductView of(ProductTable.Product product) {
            return new ProductView(
                    product.sku(), product.name(), product.priceCents(), product.stock(), product.available());
        }
    }

    ProductPage page(List<ProductTable.Product> rows) {
        var shown = rows.stream().limit(limit).map(ProductView::of).toList();
        return new ProductPage(shown, rows.size() > limit ? shown.get(limit - 1).sku() : null);
    }
}
