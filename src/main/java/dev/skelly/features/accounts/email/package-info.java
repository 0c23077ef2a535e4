/** The change of the e-mail address, confirmed by a mailed link. */
@NullMarked
package dev.skelly.features.accounts.email;

import org.jspecify.annotations.NullMarked;
