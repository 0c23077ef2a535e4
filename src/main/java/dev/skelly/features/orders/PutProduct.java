package dev.skelly.features.orders;

import dev.skelly.feature.Command;

/**
 * Adds or changes a product.
 *
 * @param stock number of pieces in the warehouse, with those that are held for orders
 * @param mustBeNew whether it fails with 412 if there is a product with this number
 */
record PutProduct(String sku, String name, int priceCents, int stock, boolean mustBeNew)
        implements Command<ProductTable.Product> {}
