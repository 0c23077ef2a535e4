/** Roles and their permissions, and the API with which administrators change them. */
@NullMarked
package dev.skelly.features.roles;

import org.jspecify.annotations.NullMarked;
