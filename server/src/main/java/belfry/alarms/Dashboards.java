package belfry.alarms;

import belfry.api.cloudwatch.DashboardEntry;
import belfry.api.cloudwatch.DashboardValidationMessage;
import belfry.api.cloudwatch.DeleteDashboardsInput;
import belfry.api.cloudwatch.DeleteDashboardsOutput;
import belfry.api.cloudwatch.GetDashboardInput;
import belfry.api.cloudwatch.GetDashboardOutput;
import belfry.api.cloudwatch.ListDashboardsInput;
import belfry.api.cloudwatch.ListDashboardsOutput;
import belfry.api.cloudwatch.PutDashboardInput;
import belfry.api.cloudwatch.PutDashboardOutput;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dashboards: kept byte for byte, so that templates that hold one work. Belfry draws none. */
final class Dashboards {
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,255}");
    private static final int PAGE = 1_000;

    private Dashboards() {}

    static PutDashboardOutput put(PutDashboardInput in, Call call) {
        if (!NAME.matcher(in.dashboardName()).matches()) {
            throw invalid("The value " + in.dashboardName() + " for field DashboardName contains invalid characters. It"
                    + " can only contain alphanumerics, dash (-) and underscore (_).");
        }
        if (!isObject(in.dashboardBody())) {
            throw invalid("The field DashboardBody must be a valid JSON object");
        }
        if (in.tags() != null && !in.tags().isEmpty()) {
            throw invalid("Belfry keeps no tags of dashboards: Tags is not supported.");
        }
        return call.write(tx -> {
            tx.update(
                    "INSERT INTO dashboard (account, name, body, size, modified) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (account, name) DO UPDATE SET body = excluded.body, size = excluded.size,"
                            + " modified = excluded.modified",
                    call.account(),
                    in.dashboardName(),
                    in.dashboardBody(),
                    in.dashboardBody().getBytes(StandardCharsets.UTF_8).length,
                    call.now());
            return new PutDashboardOutput().dashboardValidationMessages(List.of());
        });
    }

    static GetDashboardOutput get(Tx tx, GetDashboardInput in, Call call) {
        return tx.first(
                        "SELECT body FROM dashboard WHERE account = ? AND name = ?",
                        row -> new GetDashboardOutput()
                                .dashboardArn(arn(in.dashboardName(), call))
                                .dashboardName(in.dashboardName())
                                .dashboardBody(row.text(1)),
                        call.account(),
                        in.dashboardName())
                .orElseThrow(() -> missing(in.dashboardName()));
    }

    static ListDashboardsOutput list(Tx tx, ListDashboardsInput in, Call call) {
        String prefix = Objects.requireNonNullElse(in.dashboardNamePrefix(), "");
        List<DashboardEntry> found = tx.query(
                "SELECT name, modified, size FROM dashboard WHERE account = ? AND name > ? AND substr(name, 1, ?) = ?"
                        + " ORDER BY name LIMIT ?",
                row -> new DashboardEntry()
                        .dashboardName(row.text(1))
                        .dashboardArn(arn(row.text(1), call))
                        .lastModified(row.instant(2))
                        .size(row.number(3)),
                call.account(),
                in.nextToken() == null ? "" : PageToken.read(in.nextToken()),
                prefix.length(),
                prefix,
                PAGE + 1);
        List<DashboardEntry> shown = found.subList(0, Math.min(PAGE, found.size()));
        ListDashboardsOutput out = new ListDashboardsOutput().dashboardEntries(shown);
        return found.size() > PAGE
                ? out.nextToken(PageToken.write(shown.getLast().dashboardName()))
                : out;
    }

    /** All of the names or none. */
    static DeleteDashboardsOutput delete(Tx tx, DeleteDashboardsInput in, Call call) {
        for (String name : in.dashboardNames()) {
            if (tx.update("DELETE FROM dashboard WHERE account = ? AND name = ?", call.account(), name) == 0) {
                throw missing(name);
            }
        }
        return new DeleteDashboardsOutput();
    }

    private static boolean isObject(String body) {
        try {
            return Json.parse(body).isObject();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String arn(String name, Call call) {
        return "arn:aws:cloudwatch::" + call.account() + ":dashboard/" + name;
    }

    private static ServiceException missing(@Nullable String name) {
        return ServiceException.of("DashboardNotFoundError", 404, "Dashboard " + name + " does not exist");
    }

    private static ServiceException invalid(String message) {
        return ServiceException.of("DashboardInvalidInputError", message)
                .with("dashboardValidationMessages", List.of(new DashboardValidationMessage().message(message)));
    }
}
