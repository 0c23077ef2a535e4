package dev.skelly.planted.work;

/** Breaks: static fields are final. */
final class Counter {

    static int count;

    private Counter() {}
}
