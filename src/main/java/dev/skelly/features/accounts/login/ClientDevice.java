package dev.skelly.features.accounts.login;

import dev.skelly.event.CommandContext;
import dev.skelly.event.OneLine;

/**
 * The client of a login, by which the person recognises the session later.
 *
 * @param address of the peer, at most 64 characters
 * @param agent the User-Agent header, at most 200 characters; empty without one
 */
public record ClientDevice(String address, String agent) {

    private static final int ADDRESS_CHARS_MAX = 64;
    private static final int AGENT_CHARS_MAX = 200;

    /** The device of tokens that the operator creates on the command line. */
    public static final ClientDevice OPERATOR = new ClientDevice(CommandContext.COMMAND_LINE, "skelly token create");

    /** Shortens the texts and drops unprintable characters. */
    public ClientDevice {
        address = shorten(address, ADDRESS_CHARS_MAX);
        agent = shorten(agent, AGENT_CHARS_MAX);
    }

    private static String shorten(String text, int charsMax) {
        var readable = OneLine.unbroken(text);
        return readable.length() <= charsMax ? readable : readable.substring(0, charsMax);
    }
}
