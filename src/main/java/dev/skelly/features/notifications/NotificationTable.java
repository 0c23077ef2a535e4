package dev.skelly.features.notifications;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The SQL by which events write table {@code notification}. The caller has locked the counts of the people concerned. */
final class NotificationTable {

    private static final String OPEN = """
            select n.id, n.account, n.kind, n.open_key, n.count, n.created_at
            from notification n
            join unnest($1::uuid[], $2::text[], $3::text[]) as wanted (account, kind, open_key)
              using (account, kind, open_key)
            """;

    private static final String INSERT = """
            insert into notification (id, account, kind, title, body, link, data, count, about, in_app, mail, open_key, due_at, mail_batch,
              created_at, updated_at)
            select id, account, kind, title, body, link, data::jsonb, count, about, in_app, mail, open_key, due_at, mail_batch, $15, $15
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::uuid[],
                $10::boolean[], $11::boolean[], $12::text[], $13::timestamptz[], $14::uuid[])
              as made (id, account, kind, title, body, link, data, count, about, in_app, mail, open_key, due_at, mail_batch)
            """;

    /* The person has not seen what is new. */
    private static final String UPDATE = """
            update notification n
            set title = u.title, body = u.body, link = u.link, data = u.data::jsonb, count = u.count, about = u.about,
              in_app = n.in_app or u.in_app, mail = n.mail or u.mail, due_at = coalesce(n.due_at, u.due_at), updated_at = $10,
              seen_at = null
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::uuid[], $8::boolean[], $9::boolean[],
                $11::timestamptz[])
              as u (id, title, body, link, data, count, about, in_app, mail, due_at)
            where n.id = u.id
            """;

    /* Keeps the newest ones, those that are not archived before those that are, and unread before read ones. */
    private static final String TRIM = """
            delete from notification
            where id in (
              select id
              from (
                select id, row_number() over (partition by account order by archived_at is not null, read_at is not null, id desc) as place
                from notification
                where account = any ($1)
              ) ranked
              where place > $2
            )
            """;

    private NotificationTable() {}

    /** A notification that further events may change. */
    record OpenNotification(UUID id, UUID account, String kind, String openKey, int count, Instant createdAt) {}

    /** Finds those that events with these accounts, kinds and keys change. */
    static Future<List<OpenNotification>> open(SqlClient sql, List<Notify> notices) {
        var keyed = notices.stream().filter(notice -> notice.openKey() != null).toList();
        return keyed.isEmpty()
                ? Future.succeededFuture(List.of())
                : sql.preparedQuery(OPEN)
                        .execute(Tuple.tuple()
                                .addArrayOfUUID(each(keyed, Notify::account, UUID[]::new))
                                .addArrayOfString(each(keyed, Notify::kind, String[]::new))
                                .addArrayOfString(each(keyed, Notify::openKey, String[]::new)))
                        .map(rows -> rows.stream()
                                .map(row -> new OpenNotification(
                                        row.getUUID("id"),
                                        row.getUUID("account"),
                                        row.getString("kind"),
                                        row.getString("open_key"),
                                        row.getInteger("count"),
                                        row.getOffsetDateTime("created_at").toInstant()))
                                .toList());
    }

    static Future<Void> insert(SqlClient sql, List<NoticeDraft> made, Instant now) {
        if (made.isEmpty()) {
            return Future.succeededFuture();
        }
        var rows = Tuple.tuple()
                .addArrayOfUUID(each(made, NoticeDraft::id, UUID[]::new))
                .addArrayOfUUID(each(made, draft -> draft.last().account(), UUID[]::new))
                .addArrayOfString(each(made, draft -> draft.last().kind(), String[]::new))
                .addArrayOfString(each(made, NoticeDraft::title, String[]::new))
                .addArrayOfString(each(made, NoticeDraft::body, String[]::new))
                .addArrayOfString(each(made, draft -> draft.last().link(), String[]::new))
                .addArrayOfString(each(made, draft -> draft.last().data(), String[]::new))
                .addArrayOfInteger(each(made, NoticeDraft::count, Integer[]::new))
                .addArrayOfUUID(each(made, draft -> draft.last().about(), UUID[]::new))
                .addArrayOfBoolean(each(made, draft -> draft.last().inApp(), Boolean[]::new))
                .addArrayOfBoolean(each(made, draft -> draft.last().mail(), Boolean[]::new))
                .addArrayOfString(each(made, draft -> draft.last().openKey(), String[]::new))
                .addArrayOfOffsetDateTime(each(made, draft -> utc(draft.last().due()), OffsetDateTime[]::new))
                .addArrayOfUUID(each(made, NoticeDraft::batch, UUID[]::new))
                .addOffsetDateTime(utc(now));
        return sql.preparedQuery(INSERT).execute(rows).mapEmpty();
    }

    static Future<Void> update(SqlClient sql, List<NoticeDraft> changed, Instant now) {
        if (changed.isEmpty()) {
            return Future.succeededFuture();
        }
        var rows = Tuple.tuple()
                .addArrayOfUUID(each(changed, NoticeDraft::id, UUID[]::new))
                .addArrayOfString(each(changed, NoticeDraft::title, String[]::new))
                .addArrayOfString(each(changed, NoticeDraft::body, String[]::new))
                .addArrayOfString(each(changed, draft -> draft.last().link(), String[]::new))
                .addArrayOfString(each(changed, draft -> draft.last().data(), String[]::new))
                .addArrayOfInteger(each(changed, NoticeDraft::count, Integer[]::new))
                .addArrayOfUUID(each(changed, draft -> draft.last().about(), UUID[]::new))
                .addArrayOfBoolean(each(changed, draft -> draft.last().inApp(), Boolean[]::new))
                .addArrayOfBoolean(each(changed, draft -> draft.last().mail(), Boolean[]::new))
                .addOffsetDateTime(utc(now))
                .addArrayOfOffsetDateTime(
                        each(changed, draft -> utc(draft.last().due()), OffsetDateTime[]::new));
        return sql.preparedQuery(UPDATE).execute(rows).mapEmpty();
    }

    /** Deletes what people have beyond a number. */
    static Future<Void> trim(SqlClient sql, Collection<UUID> accounts, int kept) {
        return sql.preparedQuery(TRIM)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(accounts.toArray(UUID[]::new))
                        .addInteger(kept))
                .mapEmpty();
    }

    /** Reads a row. */
    static Notification notification(Row row) {
        return new Notification(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("title"),
                row.getString("body"),
                row.getString("link"),
                NoticeJson.read(row.getString("data")),
                row.getInteger("count"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                instant(row.getOffsetDateTime("seen_at")),
                instant(row.getOffsetDateTime("read_at")),
                instant(row.getOffsetDateTime("archived_at")));
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static <T, V> V[] each(List<T> items, Function<T, V> value, IntFunction<V[]> array) {
        return items.stream().map(value).toArray(array);
    }
}
