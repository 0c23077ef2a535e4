package dev.skelly.cloudevents;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Tells URIs and URI references (RFC 3986) from other texts, in time linear in the length. */
final class UriReference {

    private static final String UNRESERVED = "-._~!$&'()*+,;="; // With those that delimit parts of a part.
    private static final String PATH = UNRESERVED + ":@/";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern PORT = Pattern.compile("(:[0-9]*)?");

    private UriReference() {}

    /** Returns whether a text that is not empty is a URI or a relative reference. */
    static boolean is(String text) {
        var rest = text.substring(schemeEnd(text));
        var fragment = rest.indexOf('#');
        var query = rest.substring(0, fragment < 0 ? rest.length() : fragment).indexOf('?');
        var end = query >= 0 ? query : fragment >= 0 ? fragment : rest.length();
        return !text.isEmpty()
                && isHierarchy(rest.substring(0, end), rest.length() < text.length())
                && (query < 0
                        || consists(rest.substring(query + 1, fragment < 0 ? rest.length() : fragment), PATH + "?"))
                && (fragment < 0 || consists(rest.substring(fragment + 1), PATH + "?"));
    }

    /** Returns whether a text is a URI with a scheme and something after it. */
    static boolean isAbsolute(String text) {
        var start = schemeEnd(text);
        return start > 0 && start < text.length() && is(text);
    }

    /* Returns the index after the colon of the scheme; 0 without a scheme. */
    private static int schemeEnd(String text) {
        var colon = text.indexOf(':');
        return colon > 0 && SCHEME.matcher(text).region(0, colon).matches() ? colon + 1 : 0;
    }

    private static boolean isHierarchy(String text, boolean scheme) {
        if (text.startsWith("//")) {
            var slash = text.indexOf('/', 2);
            var end = slash < 0 ? text.length() : slash;
            return isAuthority(text.substring(2, end)) && consists(text.substring(end), PATH);
        }
        var first = text.indexOf('/') < 0 ? text : text.substring(0, text.indexOf('/'));
        return consists(text, PATH) && (scheme || first.indexOf(':') < 0);
    }

    private static boolean isAuthority(String text) {
        var at = text.indexOf('@');
        var host = text.substring(at + 1);
        if (at >= 0 && !consists(text.substring(0, at), UNRESERVED + ":")) {
            return false;
        }
        if (host.startsWith("[")) {
            var end = host.indexOf(']') + 1;
            return isAddress(host.substring(0, end))
                    && PORT.matcher(host.substring(end)).matches();
        }
        var colon = host.indexOf(':');
        var end = colon < 0 ? host.length() : colon;
        return consists(host.substring(0, end), UNRESERVED)
                && PORT.matcher(host.substring(end)).matches();
    }

    private static boolean isAddress(String text) {
        try {
            return new URI("x://" + text).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean consists(String text, String signs) {
        for (var index = 0; index < text.length(); index++) {
            var sign = text.charAt(index);
            if (sign == '%') {
                if (!isHex(text, index + 1) || !isHex(text, index + 2)) {
                    return false;
                }
            } else if (!(sign < 0x80 && Character.isLetterOrDigit(sign)) && signs.indexOf(sign) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && text.charAt(index) < 0x80 && Character.digit(text.charAt(index), 16) >= 0;
    }
}
