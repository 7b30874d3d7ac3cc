package belfry.events;

import belfry.api.events.InputTransformer;
import belfry.api.events.RetryPolicy;
import belfry.api.events.Target;
import belfry.base.Arn;
import belfry.base.Json;
import belfry.gateway.Call;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a target may be. What Belfry cannot deliver to is refused by name. */
final class TargetRules {
    private static final Set<String> DELIVERED_TO = Set.of("sns", "sqs", "logs", "events");
    private static final String LOG_GROUPS = "log-group:/aws/events/";

    private TargetRules() {}

    static RuleTarget read(Target target, Call call) {
        Arn arn = Arn.parse(target.arn())
                .orElseThrow(() -> Faults.invalid(
                        "Parameter " + target.arn() + " is not valid. Reason: Provided Arn is not in correct format."));
        checkArn(arn, target, call);
        refuseOthers(target);
        RetryPolicy retry = target.retryPolicy();
        return new RuleTarget(
                target.id(),
                target.arn(),
                target.roleArn(),
                input(target),
                target.sqsParameters() == null ? null : target.sqsParameters().messageGroupId(),
                deadLetters(target, call),
                retry == null ? null : retry.maximumRetryAttempts(),
                retry == null ? null : retry.maximumEventAgeInSeconds());
    }

    private static void checkArn(Arn arn, Target target, Call call) {
        if (!DELIVERED_TO.contains(arn.service())) {
            throw Faults.notImplemented("targets of the service '" + arn.service()
                    + "' (it delivers to sns, sqs, log groups and event buses)");
        }
        boolean elsewhere = !arn.region().equals(call.region());
        if (elsewhere && !arn.service().equals("events")) {
            throw Faults.invalid(
                    "Parameter " + target.arn() + " is not valid. Reason: Provided Arn is not in the rule's region.");
        }
        if (arn.service().equals("logs") && !arn.resource().startsWith(LOG_GROUPS)) {
            throw Faults.invalid("Parameter " + target.arn()
                    + " is not valid. Reason: The name of a log group for events begins with /aws/events/.");
        }
        if (arn.service().equals("events") && BusName.ofArn(target.arn()).isEmpty()) {
            throw Faults.notImplemented("targets of EventBridge that are no event bus");
        }
    }

    private static void refuseOthers(Target target) {
        Map<String, Object> given = new TreeMap<>();
        put(given, "KinesisParameters", target.kinesisParameters());
        put(given, "RunCommandParameters", target.runCommandParameters());
        put(given, "EcsParameters", target.ecsParameters());
        put(given, "BatchParameters", target.batchParameters());
        put(given, "HttpParameters", target.httpParameters());
        put(given, "RedshiftDataParameters", target.redshiftDataParameters());
        put(given, "SageMakerPipelineParameters", target.sageMakerPipelineParameters());
        put(given, "AppSyncParameters", target.appSyncParameters());
        given.keySet().stream().findFirst().ifPresent(name -> {
            throw Faults.notImplemented("the target's " + name);
        });
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static @Nullable String deadLetters(Target target, Call call) {
        String arn = target.deadLetterConfig() == null
                ? null
                : target.deadLetterConfig().arn();
        if (arn == null || arn.isEmpty()) {
            return null;
        }
        boolean fine = Arn.parse(arn)
                .filter(queue -> queue.service().equals("sqs") && queue.region().equals(call.region()))
                .isPresent();
        if (!fine) {
            throw Faults.invalid(
                    "Parameter DeadLetterConfig.Arn is not valid. Reason: it names no queue of the region.");
        }
        return arn;
    }

    private static TargetInput input(Target target) {
        long given = Stream.of(target.input() != null, target.inputPath() != null, target.inputTransformer() != null)
                .filter(Boolean::booleanValue)
                .count();
        if (given > 1) {
            throw Faults.invalid("Only one of Input, InputPath, or InputTransformer must be provided for target "
                    + target.id() + ".");
        }
        if (target.input() != null) {
            return new TargetInput.Constant(json(target.input(), target.id()));
        }
        if (target.inputPath() != null) {
            return new TargetInput.Part(path(target.inputPath(), target.id()));
        }
        return target.inputTransformer() == null
                ? new TargetInput.WholeEvent()
                : template(target.inputTransformer(), target.id());
    }

    private static String json(String text, String id) {
        try {
            var unused = Json.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("JSON syntax error in input for target " + id + ".");
        }
    }

    private static String path(String path, String id) {
        try {
            var unused = JsonPath.parse(path);
            return path;
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("Invalid JsonPath " + path + " for target " + id + ": " + e.getMessage() + ".");
        }
    }

    private static TargetInput template(InputTransformer transformer, String id) {
        Map<String, String> paths = transformer.inputPathsMap() == null ? Map.of() : transformer.inputPathsMap();
        paths.forEach((name, path) -> path(path, id));
        var template = new TargetInput.Template(new TreeMap<>(paths), transformer.inputTemplate());
        InputTemplate.unknown(template).stream().findFirst().ifPresent(name -> {
            throw Faults.invalid("InputTemplate for target " + id + " contains invalid placeholder " + name + ".");
        });
        try {
            InputTemplate.check(transformer.inputTemplate());
        } catch (TargetInput.BadInputException e) {
            throw Faults.invalid("Invalid InputTemplate for target " + id + " : " + e.getMessage()
                    + ". It must be a JSON document, or text in quotes.");
        }
        return template;
    }
}
