/** Administration of accounts: roles, disabling, the first administrator, the operator on the command line. */
@NullMarked
package dev.skelly.features.accounts.admin;

import org.jspecify.annotations.NullMarked;
