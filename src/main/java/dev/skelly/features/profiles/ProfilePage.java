package dev.skelly.features.profiles;

import dev.skelly.feature.SchemaName;
import java.util.List;

/**
 * The profiles that were asked for.
 *
 * @param items in the order of the ids; unknown and erased accounts are left out
 */
@SchemaName("ProfilePage")
record ProfilePage(List<PersonProfile> items) {}
