/**
 * What anybody signed in may know of a person: id and name ({@code GET /api/profiles}).
 *
 * <p>Owns no table; the accounts answer (contract {@link dev.skelly.feature.UserDirectory}). Invariants: no response has another field; an erased
 * account and an id that never existed get the same response; a disabled account has the same response as before it was disabled, so that no one
 * learns of it (decision note 0385).
 */
@NullMarked
package dev.skelly.features.profiles;

import org.jspecify.annotations.NullMarked;
