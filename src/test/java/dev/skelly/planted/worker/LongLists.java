package dev.skelly.planted.worker;

import io.vertx.core.Vertx;

/** Parameter lists that are too long, and the row of a table, which may be. */
public final class LongLists {

    /** Only values: each has a name where it is read. */
    public record Row(int a, int b, int c, int d, int e, int f, int g, int h, String i) {}

    /** Services in a record are parameters all the same. */
    public record Services(int a, int b, int c, int d, int e, int f, int g, int h, Vertx vertx) {}

    private final int sum;

    public LongLists(int a, int b, int c, int d, int e, int f, int g, int h, int i) {
        sum = nine(a, b, c, d, e, f, g, h, i);
    }

    public int sum() {
        return sum;
    }

    private static int nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) {
        return a + b + c + d + e + f + g + h + i;
    }
}
