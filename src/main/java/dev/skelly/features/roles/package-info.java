/** Roles and their permissions as data, and the API by which administrators change them. */
@NullMarked
package dev.skelly.features.roles;

import org.jspecify.annotations.NullMarked;
