package dev.skelly.feature;

/** Who may call a route. Checked before the body is read. */
public enum Access {
    /** Everybody; a token that is sent is still checked. */
    ANYONE,
    /** Everybody who is signed in. */
    SIGNED_IN,
    /** Everybody with a role that was granted it, and administrators; see {@link Route#permitted}. */
    GRANTED,
    /** Administrators. */
    ADMIN
}
