package dev.skelly.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Builds the arguments of the embedded database. The command line overrides {@code postgresql.conf}: that file stays free for an operator's
 * tuning and cannot remove guarantees of Skelly.
 */
final class PostgresArguments {

    private PostgresArguments() {}

    static List<String> of(int port, Path log, boolean durable) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("password_encryption", "scram-sha-256");
        var durability = durable ? "on" : "off";
        settings.put("fsync", durability);
        settings.put("synchronous_commit", durability);
        settings.put("full_page_writes", durability);
        // A session whose client has gone releases its locks; limits on statements are each client's own.
        settings.put("client_connection_check_interval", "5s");
        settings.put("tcp_keepalives_idle", "30");
        settings.put("tcp_keepalives_interval", "10");
        settings.put("tcp_keepalives_count", "3");
        settings.put("tcp_user_timeout", "15s");
        settings.put("max_prepared_transactions", "0");
        // A backup holds the log of writes back with a slot while the server runs.
        settings.put("wal_level", "replica");
        settings.put("max_replication_slots", "10");
        // A week of log files, each overwritten a week later; no statement and no row is ever written to them.
        settings.put("logging_collector", "on");
        settings.put("log_directory", log.toString());
        settings.put("log_filename", "postgres-%a.log");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        var arguments = new ArrayList<String>();
        settings.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }
}
