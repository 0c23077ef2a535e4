package dev.skelly.planted.features.kitchen;

import dev.skelly.planted.features.garden.Garden;

/** Breaks: features meet only through events. */
record KitchenGarden(Garden garden) {}
