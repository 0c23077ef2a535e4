package dev.skelly.planted.log;

import dev.skelly.planted.relay.RoomRelay;

/** Breaks: the log imports only events. */
record RelayingLog(RoomRelay relay) {}
