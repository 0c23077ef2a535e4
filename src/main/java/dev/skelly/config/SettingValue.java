package dev.skelly.config;

/**
 * One setting as it is in force.
 *
 * @param key e.g. {@code http.port}
 * @param text its value; secrets are masked
 * @param origin where it comes from: {@code flag}, {@code environment}, the file's path, or {@code default}
 */
public record SettingValue(String key, String text, String origin) {}
