package dev.skelly.planted.feature.kitchen;

import dev.skelly.planted.feature.garden.Garden;

/** Breaks: rooms meet only through events. */
record KitchenGarden(Garden garden) {}
