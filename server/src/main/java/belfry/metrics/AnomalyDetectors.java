package belfry.metrics;

import belfry.api.cloudwatch.AnomalyDetector;
import belfry.api.cloudwatch.AnomalyDetectorConfiguration;
import belfry.api.cloudwatch.DeleteAnomalyDetectorInput;
import belfry.api.cloudwatch.DeleteAnomalyDetectorOutput;
import belfry.api.cloudwatch.DescribeAnomalyDetectorsInput;
import belfry.api.cloudwatch.DescribeAnomalyDetectorsOutput;
import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.PutAnomalyDetectorInput;
import belfry.api.cloudwatch.PutAnomalyDetectorOutput;
import belfry.api.cloudwatch.Range;
import belfry.api.cloudwatch.SingleMetricAnomalyDetector;
import belfry.base.Json;
import belfry.engine.metric.Statistic;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations on anomaly detectors of single metrics. */
public final class AnomalyDetectors {
    private static final int PAGE = 50;
    /** States are shown for values of five minutes. */
    private static final int SHOWN_PERIOD = 300;

    private AnomalyDetectors() {}

    private record Named(MetricRef metric, String stat) {}

    private record Row(MetricRef metric, String stat, Detector detector) {}

    /** PutAnomalyDetector. */
    public static PutAnomalyDetectorOutput put(PutAnomalyDetectorInput in, Call call) {
        if (in.metricMathAnomalyDetector() != null) {
            throw math();
        }
        if (in.metricCharacteristics() != null
                && Boolean.TRUE.equals(in.metricCharacteristics().periodicSpikes())) {
            throw MetricDataRules.invalid(
                    "Belfry's model knows no spikes of its own: PeriodicSpikes is not supported.");
        }
        Named named = named(
                in.singleMetricAnomalyDetector(), in.namespace(), in.metricName(), in.dimensions(), in.stat(), call);
        String configuration = configuration(in.configuration());
        return call.write(tx -> {
            write(tx, named, configuration, true);
            AnomalyModels.forget(tx, named.metric(), named.stat());
            return new PutAnomalyDetectorOutput();
        });
    }

    /** An alarm on a band makes a detector, where there is none. */
    public static void ensure(Tx tx, MetricRef metric, String stat) {
        write(tx, new Named(metric, stat), "{}", false);
    }

    private static void write(Tx tx, Named named, String configuration, boolean overwrite) {
        tx.update(
                "INSERT INTO anomaly_detector (account, region, namespace, name, dimensions, stat, configuration)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, namespace, name, dimensions,"
                        + " stat) DO "
                        + (overwrite ? "UPDATE SET configuration = excluded.configuration" : "NOTHING"),
                named.metric().account(),
                named.metric().region(),
                named.metric().key().namespace(),
                named.metric().key().name(),
                named.metric().dimensionText(),
                named.stat(),
                configuration);
    }

    /** DescribeAnomalyDetectors. */
    public static DescribeAnomalyDetectorsOutput describe(DescribeAnomalyDetectorsInput in, Call call) {
        int page = in.maxResults() == null ? PAGE : Math.min(in.maxResults(), PAGE);
        long from = in.nextToken() == null ? 0 : MetricQueryRules.position(in.nextToken());
        boolean single = in.anomalyDetectorTypes() == null
                || in.anomalyDetectorTypes().isEmpty()
                || in.anomalyDetectorTypes().contains("SINGLE_METRIC");
        return call.read(tx -> {
            List<Row> found = single ? rows(tx, in, call, from, page + 1) : List.of();
            List<AnomalyDetector> shown =
                    found.stream().limit(page).map(row -> shown(tx, row, call)).toList();
            DescribeAnomalyDetectorsOutput out = new DescribeAnomalyDetectorsOutput().anomalyDetectors(shown);
            return found.size() > page ? out.nextToken(MetricQueryRules.token(from + page)) : out;
        });
    }

    private static List<Row> rows(Tx tx, DescribeAnomalyDetectorsInput in, Call call, long from, int limit) {
        String dimensions = in.dimensions() == null || in.dimensions().isEmpty()
                ? null
                : MetricRef.of(call.account(), call.region(), "-", "-", in.dimensions())
                        .dimensionText();
        return tx.query(
                "SELECT namespace, name, dimensions, stat, configuration FROM anomaly_detector WHERE account = ?"
                        + " AND region = ? AND (? IS NULL OR namespace = ?) AND (? IS NULL OR name = ?)"
                        + " AND (? IS NULL OR dimensions = ?)"
                        + " ORDER BY namespace, name, dimensions, stat LIMIT ? OFFSET ?",
                row -> new Row(
                        MetricRef.read(call.account(), call.region(), row.text(1), row.text(2), row.text(3)),
                        row.text(4),
                        Detector.parse(row.text(5))),
                call.account(),
                call.region(),
                in.namespace(),
                in.namespace(),
                in.metricName(),
                in.metricName(),
                dimensions,
                dimensions,
                limit,
                from);
    }

    private static AnomalyDetector shown(Tx tx, Row row, Call call) {
        MetricRef metric = row.metric();
        var excluded = row.detector().excluded();
        AnomalyDetectorConfiguration configuration = new AnomalyDetectorConfiguration()
                .excludedTimeRanges(excluded.stream()
                        .map(range -> new Range().startTime(range.start()).endTime(range.end()))
                        .toList());
        if (!row.detector().zone().equals(Detector.PLAIN.zone())) {
            configuration.metricTimezone(row.detector().zone().getId());
        }
        return new AnomalyDetector()
                .namespace(metric.key().namespace())
                .metricName(metric.key().name())
                .dimensions(metric.apiDimensions())
                .stat(row.stat())
                .configuration(configuration)
                .stateValue(state(tx, row, call))
                .singleMetricAnomalyDetector(new SingleMetricAnomalyDetector()
                        .accountId(metric.account())
                        .namespace(metric.key().namespace())
                        .metricName(metric.key().name())
                        .dimensions(metric.apiDimensions())
                        .stat(row.stat()));
    }

    private static String state(Tx tx, Row row, Call call) {
        var subject = new AnomalyModels.Subject(row.metric(), Statistic.parse(row.stat()), null, SHOWN_PERIOD);
        if (AnomalyModels.read(tx, subject, call.now()).isPresent()) {
            return "TRAINED";
        }
        return Datapoints.find(tx, row.metric()).isPresent() ? "TRAINED_INSUFFICIENT_DATA" : "PENDING_TRAINING";
    }

    /** DeleteAnomalyDetector. */
    public static DeleteAnomalyDetectorOutput delete(DeleteAnomalyDetectorInput in, Call call) {
        if (in.metricMathAnomalyDetector() != null) {
            throw math();
        }
        Named named = named(
                in.singleMetricAnomalyDetector(), in.namespace(), in.metricName(), in.dimensions(), in.stat(), call);
        return call.write(tx -> {
            int gone = tx.update(
                    "DELETE FROM anomaly_detector WHERE account = ? AND region = ? AND namespace = ? AND name = ?"
                            + " AND dimensions = ? AND stat = ?",
                    named.metric().account(),
                    named.metric().region(),
                    named.metric().key().namespace(),
                    named.metric().key().name(),
                    named.metric().dimensionText(),
                    named.stat());
            if (gone == 0) {
                throw ServiceException.of("ResourceNotFoundException", 404, "There is no such anomaly detector.")
                        .with("ResourceType", "anomaly-detector")
                        .with("ResourceId", named.metric().key().name());
            }
            AnomalyModels.forget(tx, named.metric(), named.stat());
            return new DeleteAnomalyDetectorOutput();
        });
    }

    private static Named named(
            @Nullable SingleMetricAnomalyDetector single,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable List<Dimension> dimensions,
            @Nullable String stat,
            Call call) {
        if (single != null && (namespace != null || name != null || stat != null)) {
            throw ServiceException.of(
                    "InvalidParameterCombinationException",
                    "SingleMetricAnomalyDetector cannot be combined with Namespace, MetricName and Stat.");
        }
        if (single != null && single.accountId() != null && !single.accountId().equals(call.account())) {
            throw MetricDataRules.invalid("Belfry keeps each account's metrics apart: AccountId is not supported.");
        }
        String itsNamespace = required("Namespace", single == null ? namespace : single.namespace());
        String itsName = required("MetricName", single == null ? name : single.metricName());
        String itsStat = required("Stat", single == null ? stat : single.stat());
        List<Dimension> all =
                Objects.requireNonNullElse(single == null ? dimensions : single.dimensions(), List.<Dimension>of());
        MetricDataRules.checkDimensions(all, "Dimensions");
        var unused = MetricStatistics.statistic(itsStat, "Stat");
        return new Named(MetricRef.of(call.account(), call.region(), itsNamespace, itsName, all), itsStat);
    }

    private static String required(String parameter, @Nullable String value) {
        if (value == null) {
            throw ServiceException.of(
                    "MissingRequiredParameterException", "The parameter " + parameter + " is required.");
        }
        return value;
    }

    private static ServiceException math() {
        return MetricDataRules.invalid(
                "Belfry detects anomalies of metrics, not of expressions: MetricMathAnomalyDetector is not supported.");
    }

    private static String configuration(@Nullable AnomalyDetectorConfiguration configuration) {
        ObjectNode json = Json.object();
        if (configuration == null) {
            return Json.write(json);
        }
        if (configuration.metricTimezone() != null) {
            try {
                json.put("zone", ZoneId.of(configuration.metricTimezone()).getId());
            } catch (DateTimeException e) {
                throw MetricDataRules.invalid(
                        "The value " + configuration.metricTimezone() + " for parameter MetricTimezone is invalid.");
            }
        }
        ArrayNode excluded = json.putArray("excluded");
        for (Range range : Objects.requireNonNullElse(configuration.excludedTimeRanges(), List.<Range>of())) {
            if (!range.startTime().isBefore(range.endTime())) {
                throw MetricDataRules.invalid("The parameter StartTime must be less than the parameter EndTime.");
            }
            excluded.addArray()
                    .add(range.startTime().toEpochMilli())
                    .add(range.endTime().toEpochMilli());
        }
        return Json.write(json);
    }
}
