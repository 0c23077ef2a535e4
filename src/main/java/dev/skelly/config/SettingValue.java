package dev.skelly.config;

/**
 * A setting in effect.
 *
 * @param key e.g. {@code http.port}
 * @param text its value; secrets are masked
 * @param origin of the value: {@code flag}, {@code environment}, the file's path, or {@code default}
 */
public record SettingValue(String key, String text, String origin) {}
