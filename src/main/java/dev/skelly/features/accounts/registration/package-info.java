/** Registration and the verification of the e-mail address. */
@NullMarked
package dev.skelly.features.accounts.registration;

import org.jspecify.annotations.NullMarked;
