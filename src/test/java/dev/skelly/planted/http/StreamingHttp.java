package dev.skelly.planted.http;

import dev.skelly.planted.stream.HttpStream;
import org.jspecify.annotations.Nullable;

/** Breaks, together with {@link HttpStream}: packages are free of cycles. */
public record StreamingHttp(@Nullable HttpStream stream) {}
