package dev.skelly.planted.work;

/** Breaks: names say what a class does. */
record WorkManager(String work) {}
