package dev.skelly.auth;

import java.util.List;

/**
 * The permissions of a role.
 *
 * @param name of the role
 * @param grants patterns, see {@link Permissions}
 */
public record RolePermissions(String name, List<String> grants) {}
