package dev.skelly.features.orders;

import org.jspecify.annotations.Nullable;

/** What a change of an order does to each of its pieces: it follows from the states before and after, and from nothing else. */
enum StockEffect {
    NONE(0, 0),
    /** The piece is promised. */
    HOLD(0, 1),
    /** The piece is free again. */
    RELEASE(0, -1),
    /** The piece leaves the shelf. */
    TAKE(-1, -1),
    /** The piece goes back to the shelf. */
    RETURN(1, 0);

    private final int stock;
    private final int held;

    StockEffect(int stock, int held) {
        this.stock = stock;
        this.held = held;
    }

    int stock() {
        return stock;
    }

    int held() {
        return held;
    }

    static StockEffect of(@Nullable OrderState before, @Nullable OrderState after) {
        if (before == after || after == null) {
            return NONE;
        }
        return switch (after) {
            case PLACED -> HOLD;
            case CONFIRMED -> TAKE;
            case CANCELLED -> before == OrderState.CONFIRMED ? RETURN : RELEASE;
            case PAID, SHIPPED, REFUNDED -> NONE;
        };
    }
}
