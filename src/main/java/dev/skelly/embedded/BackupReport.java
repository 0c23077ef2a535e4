package dev.skelly.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a backup came to.
 *
 * @param file the complete backup
 * @param bytes its size
 * @param position a position of the log up to which every event is in the backup; more may be. Empty if the database has no log yet
 * @param masterKey whether it contains the master key of the data folder
 * @param took from the request to the complete file
 */
public record BackupReport(Path file, long bytes, OptionalLong position, boolean masterKey, Duration took) {}
