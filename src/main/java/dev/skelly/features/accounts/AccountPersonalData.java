package dev.skelly.features.accounts;

import dev.skelly.event.Json;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.PersonalData;
import dev.skelly.features.accounts.email.EmailChangeTable;
import dev.skelly.features.accounts.login.DeviceTable;
import dev.skelly.features.accounts.mail.MailRequestTable;
import dev.skelly.features.accounts.preferences.PreferencesTable;
import dev.skelly.features.accounts.session.SessionTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Exports and erases the personal data of this feature. Nearly all of it refers to the account's row and is deleted with it. */
final class AccountPersonalData implements PersonalData {

    private final Clock clock;

    AccountPersonalData(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Future<Void> erase(Tx tx, UUID account) {
        return MailRequestTable.erase(tx.sql(), account).compose(done -> AccountTable.delete(tx.sql(), account));
    }

    @Override
    public Future<Map<String, Object>> export(SqlClient sql, UUID account) {
        var records = new LinkedHashMap<String, Object>();
        return AccountTable.find(sql, account)
                .onSuccess(found -> found.ifPresent(person -> records.put("account", person.view())))
                .compose(done -> PreferencesTable.find(sql, account))
                .onSuccess(preferences -> records.put("preferences", Json.object(preferences.json())))
                .compose(done -> SessionTable.live(sql, account, clock.instant()))
                .onSuccess(sessions -> records.put("sessions", sessions))
                .compose(done -> DeviceTable.count(sql, account))
                .onSuccess(devices -> records.put("rememberedBrowsers", devices))
                .compose(done -> EmailChangeTable.pendingEmail(sql, account))
                .onSuccess(pending -> pending.ifPresent(email -> records.put("wishedEmail", email)))
                .map(records);
    }
}
