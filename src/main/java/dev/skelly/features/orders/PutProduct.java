package dev.skelly.features.orders;

import dev.skelly.feature.Command;

/**
 * Adds or changes a product.
 *
 * @param stock number of pieces in the warehouse, with those that are held for orders
 */
record PutProduct(String sku, String name, int priceCents, int stock) implements Command<ProductTable.Product> {}
