package dev.skelly.planted.worker;

/** Breaks: names say what a class does. */
record WorkManager(String work) {}
