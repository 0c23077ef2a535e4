package dev.skelly.sandbox;

import java.nio.file.Path;

/**
 * A sandbox that is prepared and not started.
 *
 * @param settings the file with which a node runs it
 * @param position of the newest copied event
 * @param events the number of copied events
 */
public record SandboxReport(Path settings, long position, long events) {}
