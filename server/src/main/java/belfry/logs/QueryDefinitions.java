package belfry.logs;

import belfry.api.logs.DeleteQueryDefinitionRequest;
import belfry.api.logs.DeleteQueryDefinitionResponse;
import belfry.api.logs.DescribeQueryDefinitionsRequest;
import belfry.api.logs.DescribeQueryDefinitionsResponse;
import belfry.api.logs.PutQueryDefinitionRequest;
import belfry.api.logs.PutQueryDefinitionResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Saved queries (semantics: logs-insights.md). Putting one with its id replaces all of it, so groups that are left out are
 * removed. Its log groups need not exist, and its text is not read before it is run.
 */
final class QueryDefinitions {
    private static final int DEFINITIONS_MAX = 1_000;
    private static final int PAGE_DEFAULT = 1_000;

    /** Names hold anything; ids hold no blank. */
    private static final String SEPARATOR = " ";

    PutQueryDefinitionResponse put(PutQueryDefinitionRequest in, Call call) {
        return call.write(tx -> {
            Optional<String> repeated =
                    in.queryDefinitionId() == null ? byToken(tx, in.clientToken(), call) : find(in, tx, call);
            String id = repeated.orElseGet(() -> freshId(tx, in, call));
            save(tx, row(in, id, call), in.clientToken(), call);
            return new PutQueryDefinitionResponse().queryDefinitionId(id);
        });
    }

    private static QueryDefinitionRow row(PutQueryDefinitionRequest in, String id, Call call) {
        return new QueryDefinitionRow(
                id,
                in.name(),
                Objects.requireNonNullElse(in.queryLanguage(), "CWLI"),
                in.queryString(),
                in.logGroupNames() == null ? List.of() : in.logGroupNames(),
                in.parameters() == null ? List.of() : in.parameters(),
                call.now().toEpochMilli());
    }

    private static Optional<String> byToken(Tx tx, @Nullable String token, Call call) {
        return token == null
                ? Optional.empty()
                : tx.first(
                        "SELECT id FROM log_query_definition WHERE account = ? AND region = ? AND token = ?",
                        row -> row.text(1),
                        call.account(),
                        call.region(),
                        token);
    }

    private static Optional<String> find(PutQueryDefinitionRequest in, Tx tx, Call call) {
        Optional<String> found = tx.first(
                "SELECT id FROM log_query_definition WHERE account = ? AND region = ? AND id = ?",
                row -> row.text(1),
                call.account(),
                call.region(),
                in.queryDefinitionId());
        if (found.isEmpty()) {
            throw absent();
        }
        return found;
    }

    private static ServiceException absent() {
        return ServiceException.of("ResourceNotFoundException", "The specified query definition does not exist.");
    }

    private static String freshId(Tx tx, PutQueryDefinitionRequest in, Call call) {
        long there = tx.count(
                "SELECT count(*) FROM log_query_definition WHERE account = ? AND region = ?",
                call.account(),
                call.region());
        if (there >= DEFINITIONS_MAX) {
            throw LogErrors.limit();
        }
        return UUID.nameUUIDFromBytes((call.requestId() + in.name()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static void save(Tx tx, QueryDefinitionRow row, @Nullable String token, Call call) {
        tx.update(
                "INSERT INTO log_query_definition (account, region, " + QueryDefinitionRow.COLUMNS + ", token)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, region, id) DO UPDATE SET name = excluded.name,"
                        + " language = excluded.language, query = excluded.query, log_groups = excluded.log_groups,"
                        + " parameters = excluded.parameters, modified = excluded.modified, token = excluded.token",
                call.account(),
                call.region(),
                row.id(),
                row.name(),
                row.language(),
                row.query(),
                row.logGroupsJson(),
                row.parametersJson(),
                row.modified(),
                token);
    }

    DescribeQueryDefinitionsResponse describe(DescribeQueryDefinitionsRequest in, Call call) {
        int limit = Tokens.limit(in.maxResults(), PAGE_DEFAULT);
        List<QueryDefinitionRow> found = call.read(tx -> select(tx, in, call, limit + 1));
        var page = Tokens.Paged.of(found, limit, row -> row.id() + SEPARATOR + row.name());
        return new DescribeQueryDefinitionsResponse()
                .queryDefinitions(
                        page.items().stream().map(QueryDefinitionRow::show).toList())
                .nextToken(page.nextToken());
    }

    private static List<QueryDefinitionRow> select(Tx tx, DescribeQueryDefinitionsRequest in, Call call, int limit) {
        String prefix = Objects.requireNonNullElse(in.queryDefinitionNamePrefix(), "");
        String[] after = Tokens.after(in.nextToken()).split(SEPARATOR, 2);
        StringBuilder sql = new StringBuilder("SELECT " + QueryDefinitionRow.COLUMNS
                + " FROM log_query_definition WHERE account = ? AND region = ? AND name >= ? AND name < ?"
                + " AND (name, id) > (?, ?)");
        List<Object> parameters = new ArrayList<>(List.of(
                call.account(),
                call.region(),
                prefix,
                LogGroupTable.endOf(prefix),
                after.length == 2 ? after[1] : "",
                after[0]));
        if (in.queryLanguage() != null) {
            sql.append(" AND language = ?");
            parameters.add(in.queryLanguage());
        }
        parameters.add(limit);
        return tx.query(
                sql.append(" ORDER BY name, id LIMIT ?").toString(), QueryDefinitionRow::of, parameters.toArray());
    }

    DeleteQueryDefinitionResponse delete(DeleteQueryDefinitionRequest in, Call call) {
        return call.write(tx -> {
            int gone = tx.update(
                    "DELETE FROM log_query_definition WHERE account = ? AND region = ? AND id = ?",
                    call.account(),
                    call.region(),
                    in.queryDefinitionId());
            if (gone == 0) {
                throw absent();
            }
            return new DeleteQueryDefinitionResponse().success(true);
        });
    }
}
