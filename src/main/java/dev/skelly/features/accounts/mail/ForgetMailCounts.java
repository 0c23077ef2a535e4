package dev.skelly.features.accounts.mail;

import dev.skelly.feature.Command;

/** Deletes the counts of mails that no limit needs any more. */
public record ForgetMailCounts() implements Command<Void> {}
