package dev.skelly.planted.features.garden;

/** Breaks: a room has one door. */
public record OpenShed(String key) {}
