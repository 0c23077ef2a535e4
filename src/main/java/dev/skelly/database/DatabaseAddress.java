package dev.skelly.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The address and the login of a PostgreSQL database.
 *
 * @param host name or address
 * @param database its name
 * @param tls whether the connection is encrypted and the server's name checked
 */
public record DatabaseAddress(String host, int port, String database, String user, String password, boolean tls) {

    private static final int PORT = 5432;

    /**
     * Parses {@code postgresql://[user[:password]@]host[:port]/database[?sslmode=disable|require]}. Without {@code sslmode} a connection to
     * another machine is encrypted.
     *
     * @param user default if the address has none; likewise {@code password}
     * @throws IllegalArgumentException when the text is malformed
     */
    public static DatabaseAddress parse(String url, String user, String password) {
        var uri = uri(url);
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        var path = String.valueOf(uri.getPath());
        if (!(scheme.equals("postgresql") || scheme.equals("postgres")) || uri.getHost() == null || path.length() < 2) {
            throw wrong(url);
        }
        var login =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        return new DatabaseAddress(
                uri.getHost(),
                uri.getPort() < 0 ? PORT : uri.getPort(),
                path.substring(1),
                login.length > 0 ? login[0] : user,
                login.length > 1 ? login[1] : password,
                encrypted(uri));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong(url);
        }
    }

    private static IllegalArgumentException wrong(String url) {
        return new IllegalArgumentException(
                "db.url: " + url.replaceAll("//.*@", "//…@") + " (expected: postgresql://host:port/database)");
    }

    private static boolean encrypted(URI uri) {
        var query = String.valueOf(uri.getQuery());
        if (query.contains("sslmode=")) {
            return !query.contains("sslmode=disable");
        }
        return !(uri.getHost().equals("localhost")
                || uri.getHost().startsWith("127.")
                || uri.getHost().equals("[::1]"));
    }

    /** Returns the address for JDBC, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database
                + (tls ? "?sslmode=verify-full" : "?sslmode=disable");
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
