package dev.skelly.features.transfer;

import dev.skelly.feature.Command;
import dev.skelly.feature.LogAdmin;

/** Gives the log another epoch. */
record ChangeEpoch(long epoch) implements Command<LogAdmin.EpochChange> {}
