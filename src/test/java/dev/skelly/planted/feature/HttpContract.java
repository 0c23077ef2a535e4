package dev.skelly.planted.feature;

import dev.skelly.planted.http.StreamingHttp;

/** Breaks: the contract imports only events and the log. */
record HttpContract(StreamingHttp http) {}
