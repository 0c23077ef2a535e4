package dev.skelly.planted.feature.garden;

/** Breaks: a room has one door. */
public record OpenShed(String key) {}
