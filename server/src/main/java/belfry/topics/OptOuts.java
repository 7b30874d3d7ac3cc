package belfry.topics;

import belfry.store.Tx;
import java.time.Instant;
import java.util.List;

/** The numbers whose owners want no more text messages, as the gateway answered (docs/decisions/0820). */
final class OptOuts {
    /** The code of an errand that was refused because its number has opted out. */
    static final String CODE = "OptedOut";

    private OptOuts() {}

    static void add(Tx tx, TextScope scope, String number, Instant now) {
        tx.update(
                "INSERT INTO sms_opt_out (account, region, number, since) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (account, region, number) DO NOTHING",
                scope.account(),
                scope.region(),
                number,
                now);
    }

    static boolean contains(Tx tx, TextScope scope, String number) {
        return tx.count(
                        "SELECT COUNT(*) FROM sms_opt_out WHERE account = ? AND region = ? AND number = ?",
                        scope.account(),
                        scope.region(),
                        number)
                > 0;
    }

    static void remove(Tx tx, TextScope scope, String number) {
        tx.update(
                "DELETE FROM sms_opt_out WHERE account = ? AND region = ? AND number = ?",
                scope.account(),
                scope.region(),
                number);
    }

    /** In order, those behind {@code after}, one more than a page holds. */
    static List<String> list(Tx tx, TextScope scope, String after) {
        return tx.query(
                "SELECT number FROM sms_opt_out WHERE account = ? AND region = ? AND number > ? ORDER BY number LIMIT ?",
                row -> row.text(1),
                scope.account(),
                scope.region(),
                after,
                Page.SIZE + 1);
    }
}
