package dev.skelly.planted.relay;

import dev.skelly.planted.feature.garden.Garden;

/** Breaks: machinery knows no room. */
public record RoomRelay(Garden garden) {}
