package dev.skelly.planted.eventlog;

import dev.skelly.planted.relay.FeatureRelay;

/** Breaks: the log imports only events. */
record RelayingLog(FeatureRelay relay) {}
