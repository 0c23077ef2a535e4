package dev.skelly.planted.features.garden;

/** Breaks: a feature has one door. */
public record OpenShed(String key) {}
