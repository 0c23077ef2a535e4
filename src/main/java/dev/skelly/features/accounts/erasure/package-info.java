/** Export and erasure of everything that is stored about a person. */
@NullMarked
package dev.skelly.features.accounts.erasure;

import org.jspecify.annotations.NullMarked;
