package dev.skelly.feature;

/** Defines who may call a route. Checked before the body is read. */
public enum Access {
    /** Every caller; a token that is sent is still verified. */
    ANYONE,
    /** Every logged-in account. */
    SIGNED_IN,
    /** Accounts with a role that holds the route's permission, and administrators; see {@link Route#permitted}. */
    GRANTED,
    /** Administrators. */
    ADMIN
}
