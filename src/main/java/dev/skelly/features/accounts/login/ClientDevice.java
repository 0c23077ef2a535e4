package dev.skelly.features.accounts.login;

import dev.skelly.event.CommandContext;
import dev.skelly.event.OneLine;
import dev.skelly.event.Sha256;
import dev.skelly.feature.Request;
import dev.skelly.ratelimit.ClientNetwork;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

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

    /** Returns the client of a request. */
    public static ClientDevice of(Request request) {
        return new ClientDevice(request.address(), request.header("User-Agent").orElse(""));
    }

    /** Returns a digest of the client's network and User-Agent, another one for each account. */
    public Buffer digest(UUID account) {
        var text = account + "\n" + ClientNetwork.of(address) + "\n" + agent;
        return Buffer.buffer(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String shorten(String text, int charsMax) {
        var readable = OneLine.unbroken(text);
        return readable.length() <= charsMax ? readable : readable.substring(0, charsMax);
    }
}
