package dev.skelly.access;

/** Who asks; a column of the access matrix, in this order. */
enum Caller {
    /** Nobody: no token at all. */
    ANONYMOUS,
    /** Whose the resource is. */
    OWNER,
    /** Another person without any right to it. */
    OTHER,
    /** An administrator, whose the resource is not. */
    ADMIN,
    /** Somebody with a token from before the account was disabled. */
    DISABLED,
    /** Somebody with a token from before the account was erased. */
    ERASED
}
