package dev.skelly.planted.stream;

import dev.skelly.planted.http.StreamingHttp;
import org.jspecify.annotations.Nullable;

/** Breaks, together with {@link StreamingHttp}: packages are free of cycles. */
public record HttpStream(@Nullable StreamingHttp http) {}
