package dev.skelly.planted.worker;

/** Breaks: static fields are final. */
final class Counter {

    static int count;

    private Counter() {}
}
