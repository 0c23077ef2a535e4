package dev.skelly.security;

import java.util.List;

/**
 * What a role may do.
 *
 * @param name of the role
 * @param grants patterns, see {@link Grants}
 */
public record RoleGrants(String name, List<String> grants) {}
