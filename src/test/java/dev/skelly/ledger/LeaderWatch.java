package dev.skelly.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Triggers that write down, inside the database, what only a leader may write; for tests, installed after the migrations. */
public final class LeaderWatch {

    private static final String TABLE = """
            create table if not exists ledger_leader_write (
              id bigint generated always as identity primary key,
              what text not null,
              epoch bigint not null,
              value bigint not null,
              backend int not null default pg_backend_pid(),
              holder text not null,
              at timestamptz not null default clock_timestamp()
            )
            """;

    private static final String LEASE = """
            create or replace function ledger_watch_lease() returns trigger language plpgsql as $$
            begin
              insert into ledger_leader_write (what, epoch, value, holder) values ('head', new.epoch, new.head, new.holder);
              return null;
            end $$;
            create or replace trigger ledger_watch after update on relay_lease
              for each row execute function ledger_watch_lease()
            """;

    private static final String CHECKPOINT = """
            create or replace function ledger_watch_checkpoint() returns trigger language plpgsql as $$
            begin
              insert into ledger_leader_write (what, epoch, value, holder)
              select 'checkpoint:' || new.worker, new.epoch, new.position, holder from relay_lease;
              return null;
            end $$;
            create or replace trigger ledger_watch after insert or update on relay_checkpoint
              for each row execute function ledger_watch_checkpoint()
            """;

    private static final String STAMP = """
            create or replace function ledger_watch_stamp() returns trigger language plpgsql as $$
            begin
              insert into ledger_leader_write (what, epoch, value, holder)
              select 'restamp', lease.epoch, fresh.position, lease.holder
              from fresh join stale using (seq), relay_lease lease
              where stale.position is not null and stale.position is distinct from fresh.position;
              insert into ledger_leader_write (what, epoch, value, holder)
              select 'stamp', lease.epoch, max(fresh.position), lease.holder
              from fresh, relay_lease lease
              group by lease.epoch, lease.holder;
              return null;
            end $$;
            create or replace trigger ledger_watch after update on event
              referencing old table as stale new table as fresh
              for each statement execute function ledger_watch_stamp()
            """;

    private LeaderWatch() {}

    /** Begins to watch; calling it again changes nothing. */
    public static void install(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            for (var sql : new String[] {TABLE, LEASE, CHECKPOINT, STAMP}) {
                statement.execute(sql);
            }
        }
    }
}
