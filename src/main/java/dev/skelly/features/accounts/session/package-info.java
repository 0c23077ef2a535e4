/** Sessions: refresh, logout, the list of devices, and access tokens issued by an operator. */
@NullMarked
package dev.skelly.features.accounts.session;

import org.jspecify.annotations.NullMarked;
